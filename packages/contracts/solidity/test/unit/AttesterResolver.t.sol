// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AttesterResolver} from "../../AttesterResolver.sol";
import {IAttesterResolver} from "../../interfaces/IAttesterResolver.sol";
import {Phase} from "../../interfaces/IScenario.sol";
import {ErrorsLib} from "../../libraries/ErrorsLib.sol";
import {Federation} from "../base/Federation.sol";

contract AttesterResolverConstructorTest is Federation {
    function _refused(address[] memory attesters, uint256 threshold) private {
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.AttestersInvalid.selector, attesters.length, threshold, 21));
        new AttesterResolver(attesters, threshold);
    }

    function _attesters(uint256 n) private pure returns (address[] memory attesters) {
        attesters = new address[](n);
        for (uint256 i = 0; i < n; ++i) {
            attesters[i] = address(uint160(i + 1));
        }
    }

    function test_constructor_takesMoreThanHalfOfOneToTwentyOne() external {
        for (uint256 n = 1; n <= 21; ++n) {
            assertEq(new AttesterResolver(_attesters(n), n / 2 + 1).threshold(), n / 2 + 1, "least");
            AttesterResolver all = new AttesterResolver(_attesters(n), n);
            assertEq(all.attesters().length, n, "attesters");
            assertEq(all.attesters()[n - 1], address(uint160(n)), "last");
        }
    }

    function test_constructor_revertsOtherwise() external {
        _refused(_attesters(0), 0);
        _refused(_attesters(0), 1);
        _refused(_attesters(22), 12);
        _refused(_attesters(3), 1);
        _refused(_attesters(4), 2);
        _refused(_attesters(3), 4);
        address[] memory twice = _attesters(3);
        twice[2] = twice[0];
        _refused(twice, 2);
        address[] memory zero = _attesters(3);
        zero[1] = address(0);
        _refused(zero, 2);
    }
}

/// @notice An attester that is a contract (ERC-1271), which says yes to one digest.
contract AttesterWallet {
    bytes32 public signed;

    function sign(bytes32 digest) external {
        signed = digest;
    }

    function isValidSignature(bytes32 digest, bytes calldata) external view returns (bytes4) {
        return digest == signed ? bytes4(0x1626ba7e) : bytes4(0);
    }
}

contract AttesterResolverSettleTest is Federation {
    address[] private _signers;
    bytes[] private _signatures;

    function setUp() external {
        deploy();
        createFederation(2, disputableParams());
        closeRegistration();
        assertRound(1, defaultShares());
        dispute(investor);
        passChallenge();
    }

    function _digest(bool upheld) private view returns (bytes32) {
        return resolver.verdictDigest(address(scenario), 1, upheld);
    }

    function _refused(bytes memory reason, bool upheld) private {
        vm.expectRevert(reason);
        resolver.settle(address(scenario), 1, upheld, _signers, _signatures);
    }

    function test_settle_passesOnWhatWasSigned() external {
        (_signers, _signatures) = verdicts(3, _digest(false));
        vm.expectEmit(address(resolver));
        emit IAttesterResolver.Settled(address(scenario), 1, false, _signers);
        resolver.settle(address(scenario), 1, false, _signers, _signatures);
        assertTrue(scenario.phase() == Phase.Open, "struck down");
    }

    function test_verdictDigest_isEip712() external view {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("fednode AttesterResolver"),
                keccak256("1"),
                block.chainid,
                address(resolver)
            )
        );
        bytes32 verdict = keccak256(
            abi.encode(
                keccak256("Verdict(address scenario,uint32 round,uint8 attempt,bytes32 sharesHash,bool upheld)"),
                address(scenario),
                uint32(1),
                uint8(0),
                sharesHash(1, defaultShares()),
                true
            )
        );
        assertEq(_digest(true), keccak256(abi.encodePacked(hex"1901", domain, verdict)), "digest");
    }

    function test_settle_revertsBelowTheThreshold() external {
        (_signers, _signatures) = verdicts(1, _digest(true));
        _refused(abi.encodeWithSelector(ErrorsLib.TooFewVerdicts.selector, 1, 2), true);
    }

    function test_settle_revertsWithoutASignatureEach() external {
        (_signers, _signatures) = verdicts(2, _digest(true));
        _signatures.pop();
        _refused(abi.encodeWithSelector(ErrorsLib.LengthMismatch.selector, 1, 2), true);
    }

    function test_settle_revertsWhenOneSignsTwiceOrOutOfOrder() external {
        (address[] memory signers, bytes[] memory signatures) = verdicts(2, _digest(true));
        bytes memory reason = abi.encodeWithSelector(ErrorsLib.SignersUnsorted.selector, signers[0]);
        _signers = [signers[0], signers[0]];
        _signatures = [signatures[0], signatures[0]];
        _refused(reason, true);
        _signers = [signers[1], signers[0]];
        _signatures = [signatures[1], signatures[0]];
        _refused(reason, true);
    }

    function test_settle_revertsForAStranger() external {
        (_signers, _signatures) = verdicts(2, _digest(true));
        _signers[1] = address(type(uint160).max);
        _refused(abi.encodeWithSelector(ErrorsLib.UnknownAttester.selector, _signers[1]), true);
    }

    function test_settle_revertsWhenTheSignatureSaysSomethingElse() external {
        (_signers, _signatures) = verdicts(2, _digest(false));
        _refused(abi.encodeWithSelector(ErrorsLib.SignatureInvalid.selector, _signers[0]), true);
    }

    function test_settle_revertsWhenNothingIsInDispute() external {
        (_signers, _signatures) = verdicts(2, _digest(true));
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.NotInDispute.selector, 2));
        resolver.settle(address(scenario), 2, true, _signers, _signatures);
        resolver.settle(address(scenario), 1, true, _signers, _signatures);
        _refused(abi.encodeWithSelector(ErrorsLib.NotInDispute.selector, 1), true);
    }

    /// A verdict serves one assertion: not the next one of the same round, though its shares are the same.
    function test_settle_refusesAVerdictOfAnEarlierAttempt() external {
        (_signers, _signatures) = verdicts(2, _digest(false));
        resolver.settle(address(scenario), 1, false, _signers, _signatures);
        assertRound(1, defaultShares());
        dispute(investor);
        passChallenge();
        _refused(abi.encodeWithSelector(ErrorsLib.SignatureInvalid.selector, _signers[0]), false);
    }

    function test_settle_takesTheSignatureOfAContract() external {
        AttesterWallet wallet = new AttesterWallet();
        address[] memory attesters = new address[](1);
        attesters[0] = address(wallet);
        resolver = new AttesterResolver(attesters, 1);
        (_signers, _signatures) = (attesters, new bytes[](1));
        // Not the resolver of this Scenario, and not signed yet.
        _refused(abi.encodeWithSelector(ErrorsLib.SignatureInvalid.selector, wallet), true);
        wallet.sign(_digest(true));
        _refused(abi.encodeWithSelector(ErrorsLib.NotResolver.selector, resolver), true);
    }
}
