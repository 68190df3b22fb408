// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "solady/tokens/ERC20.sol";

import {ClientToken} from "../../ClientToken.sol";
import {ErrorsLib} from "../../libraries/ErrorsLib.sol";
import {Federation} from "../base/Federation.sol";

contract ClientTokenTransferTest is Federation {
    ClientToken private token;

    function setUp() external {
        start(2);
        token = tokens[0];
    }

    function test_transfer_movesTheBalance() external {
        vm.expectEmit(address(token));
        emit ERC20.Transfer(clients[0], investor, 5e18);
        vm.prank(clients[0]);
        assertTrue(token.transfer(investor, 5e18), "true");
        assertEq(token.balanceOf(investor), 5e18, "to");
        assertEq(token.balanceOf(clients[0]), 700_000e18 - 5e18, "from");
    }

    function test_transfer_toSelfChangesNothing() external {
        playRound(POT, defaultShares());
        vm.warp(block.timestamp + 100);
        uint256 owed = scenario.owed(0, clients[0]);
        vm.prank(clients[0]);
        token.transfer(clients[0], 5e18);
        assertEq(token.balanceOf(clients[0]), 700_000e18, "balance");
        assertEq(scenario.owed(0, clients[0]), owed, "owed");
    }

    function test_transfer_revertsWithoutBalance() external {
        vm.prank(investor);
        vm.expectRevert(ERC20.InsufficientBalance.selector);
        token.transfer(provider, 1);
    }

    function test_transfer_revertsWhenTheRecipientCannotEarn() external {
        address[4] memory refused = [address(0), address(token), address(scenario), address(pool)];
        for (uint256 i = 0; i < refused.length; ++i) {
            vm.prank(clients[0]);
            vm.expectRevert(abi.encodeWithSelector(ErrorsLib.InvalidRecipient.selector, refused[i]));
            token.transfer(refused[i], 1);
        }
    }

    function test_transferFrom_spendsTheAllowance() external {
        vm.prank(clients[0]);
        token.approve(investor, 5);
        vm.prank(investor);
        token.transferFrom(clients[0], provider, 3);
        assertEq(token.allowance(clients[0], investor), 2, "allowance");
        vm.prank(investor);
        vm.expectRevert(ERC20.InsufficientAllowance.selector);
        token.transferFrom(clients[0], provider, 3);
    }

    function test_transferFrom_grantsPermit2Nothing() external {
        address permit2 = 0x000000000022D473030F116dDEE9F6B43aC78BA3;
        assertEq(token.allowance(clients[0], permit2), 0, "allowance");
        vm.prank(permit2);
        vm.expectRevert(ERC20.InsufficientAllowance.selector);
        token.transferFrom(clients[0], provider, 1);
    }

    /// Moves at any time change nobody's entitlement.
    function test_fuzz_transfer_leavesWhatWasEarned(uint256 amount, uint256 when) external {
        playRound(POT, defaultShares());
        vm.warp(block.timestamp + bound(when, 0, 2 * STREAM));
        amount = bound(amount, 0, 700_000e18);
        uint256 owed = scenario.owed(0, clients[0]);
        vm.prank(clients[0]);
        token.transfer(investor, amount);
        assertEq(scenario.owed(0, clients[0]), owed, "sender keeps");
        assertEq(scenario.owed(0, investor), 0, "receiver starts at zero");
        assertEq(token.earned(clients[0]), owed, "earned says the same");
    }
}

contract ClientTokenGuardsTest is Federation {
    function setUp() external {
        start(2);
    }

    /// Attack 52: a token is initialized by its Scenario, which does so once, at registration.
    function test_attack_52_initialize_revertsWhenNotScenario() external {
        address[3] memory holders = [investor, investor, investor];
        uint256[3] memory amounts = [uint256(1), 1, 1];
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.NotScenario.selector, address(this)));
        tokens[0].initialize(holders, amounts);
    }

    function test_settle_revertsWhenNotScenario() external {
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.NotScenario.selector, address(this)));
        tokens[0].settle(investor, 1);
    }

    function test_onTokenMove_revertsWhenNotThatToken() external {
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.NotClientToken.selector, address(this), 0));
        scenario.onTokenMove(address(this), investor, 1, address(pool), 0);
        vm.prank(address(tokens[1]));
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.NotClientToken.selector, address(tokens[1]), 0));
        scenario.onTokenMove(investor, investor, 1, provider, 0);
    }
}

contract ClientTokenPermitTest is Federation {
    bytes32 private constant PERMIT_TYPEHASH =
        keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
    bytes32 private constant DOMAIN_TYPEHASH =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");

    function setUp() external {
        start(2);
    }

    function _permit(ClientToken token, uint256 nonce) private returns (uint8 v, bytes32 r, bytes32 s) {
        bytes32 domain =
            keccak256(abi.encode(DOMAIN_TYPEHASH, keccak256("silo-0"), keccak256("1"), block.chainid, address(token)));
        assertEq(token.DOMAIN_SEPARATOR(), domain, "domain as a wallet builds it from name()");
        bytes32 message = keccak256(abi.encode(PERMIT_TYPEHASH, clients[0], investor, 5, nonce, block.timestamp));
        return vm.sign(key("silo-0"), keccak256(abi.encodePacked(hex"1901", domain, message)));
    }

    function test_permit_grantsTheAllowanceOnce() external {
        ClientToken token = tokens[0];
        (uint8 v, bytes32 r, bytes32 s) = _permit(token, 0);
        token.permit(clients[0], investor, 5, block.timestamp, v, r, s);
        assertEq(token.allowance(clients[0], investor), 5, "allowance");
        assertEq(token.nonces(clients[0]), 1, "nonce");
        vm.expectRevert(ERC20.InvalidPermit.selector);
        token.permit(clients[0], investor, 5, block.timestamp, v, r, s);
    }

    function test_permit_isForOneTokenOnly() external {
        (uint8 v, bytes32 r, bytes32 s) = _permit(tokens[0], 0);
        vm.expectRevert(ERC20.InvalidPermit.selector);
        tokens[1].permit(clients[0], investor, 5, block.timestamp, v, r, s);
        vm.warp(block.timestamp + 1);
        vm.expectRevert(ERC20.PermitExpired.selector);
        tokens[0].permit(clients[0], investor, 5, block.timestamp - 1, v, r, s);
    }
}
