// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EIP712} from "solady/utils/EIP712.sol";
import {SignatureCheckerLib} from "solady/utils/SignatureCheckerLib.sol";

import {IAttesterResolver} from "./interfaces/IAttesterResolver.sol";
import {Assertion, IScenario, Phase} from "./interfaces/IScenario.sol";
import {ErrorsLib} from "./libraries/ErrorsLib.sol";

/// @title AttesterResolver
/// @notice Passes on what more than half of a fixed set of attesters signed. It holds no money and keeps no state, so that whoever calls
/// it, for whatever Scenario, changes nothing that the signatures do not say.
///
/// TRUST: `threshold` attesters together decide every dispute of the Scenarios that name this contract.
contract AttesterResolver is EIP712, IAttesterResolver {
    uint256 private constant MAX_ATTESTERS = 21;
    bytes32 private constant VERDICT_TYPEHASH =
        keccak256("Verdict(address scenario,uint32 round,uint8 attempt,bytes32 sharesHash,bool upheld)");

    /// @inheritdoc IAttesterResolver
    uint256 public immutable threshold;
    address[] private _attesters;
    mapping(address account => bool) private _isAttester;

    constructor(address[] memory attesters_, uint256 threshold_) {
        uint256 count = attesters_.length;
        bool valid = count != 0 && count <= MAX_ATTESTERS && threshold_ > count / 2 && threshold_ <= count;
        for (uint256 i = 0; valid && i < count; ++i) {
            valid = attesters_[i] != address(0) && !_isAttester[attesters_[i]];
            _isAttester[attesters_[i]] = true;
        }
        require(valid, ErrorsLib.AttestersInvalid(count, threshold_, MAX_ATTESTERS));
        threshold = threshold_;
        _attesters = attesters_;
    }

    /// @inheritdoc IAttesterResolver
    function settle(address scenario, uint32 round, bool upheld, address[] calldata signers, bytes[] calldata signatures)
        external
    {
        require(signatures.length == signers.length, ErrorsLib.LengthMismatch(signatures.length, signers.length));
        require(signers.length >= threshold, ErrorsLib.TooFewVerdicts(signers.length, threshold));
        IScenario disputed = IScenario(scenario);
        bool open = disputed.phase() == Phase.Disputed && disputed.currentRound() == round;
        require(open, ErrorsLib.NotInDispute(round));
        _checkVerdicts(verdictDigest(scenario, round, upheld), signers, signatures);
        emit Settled(scenario, round, upheld, signers);
        disputed.resolve(round, upheld);
    }

    function _checkVerdicts(bytes32 digest, address[] calldata signers, bytes[] calldata signatures) private view {
        address last = address(0);
        for (uint256 i = 0; i < signers.length; ++i) {
            address signer = signers[i];
            require(signer > last, ErrorsLib.SignersUnsorted(signer));
            require(_isAttester[signer], ErrorsLib.UnknownAttester(signer));
            bool signed = SignatureCheckerLib.isValidSignatureNowCalldata(signer, digest, signatures[i]);
            require(signed, ErrorsLib.SignatureInvalid(signer));
            last = signer;
        }
    }

    // --- views
    /// @inheritdoc IAttesterResolver
    function verdictDigest(address scenario, uint32 round, bool upheld) public view returns (bytes32) {
        Assertion memory a = IScenario(scenario).assertion();
        return _hashTypedData(keccak256(abi.encode(VERDICT_TYPEHASH, scenario, round, a.attempt, a.sharesHash, upheld)));
    }

    /// @inheritdoc IAttesterResolver
    function attesters() external view returns (address[] memory) {
        return _attesters;
    }

    function _domainNameAndVersion() internal pure override returns (string memory, string memory) {
        return ("fednode AttesterResolver", "1");
    }
}
