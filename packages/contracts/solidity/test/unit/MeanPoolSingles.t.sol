// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FixedPointMathLib} from "solady/utils/FixedPointMathLib.sol";
import {ERC20} from "solady/tokens/ERC20.sol";

import {IMeanPool} from "../../interfaces/IMeanPool.sol";
import {ErrorsLib} from "../../libraries/ErrorsLib.sol";
import {Federation} from "../base/Federation.sol";

/// @notice Joins and exits with one token. The currency weighs a half and each of the two clients a quarter, so that the powers are a
/// square root and a fourth power.
contract MeanPoolSinglesTest is Federation {
    uint256 private constant FEE = 0.003e18;

    function setUp() external {
        start(2);
        swapIn(investor, address(currency), address(tokens[0]), 1_000e18);
    }

    function _join(address token, uint256 amount, bytes memory reason) private {
        vm.prank(investor);
        vm.expectRevert(reason);
        pool.joinSingle(token, amount, 0, investor, block.timestamp);
    }

    function _exit(address token, uint256 shares, bytes memory reason) private {
        vm.prank(provider);
        vm.expectRevert(reason);
        pool.exitSingle(token, shares, 0, provider, block.timestamp);
    }

    /// @dev Of an amount in or out; the part that trades for the other tokens, and what trading it leaves, are as the weights.
    function _afterFee(uint256 amount, uint256 weight) private pure returns (uint256) {
        return amount * (WAD - FEE) / WAD * WAD / (WAD - weight * FEE / WAD);
    }

    function test_joinSingle_mintsTheRootOfWhatTheCurrencyGrows() external {
        uint256 supply = pool.totalSupply();
        uint256 balance = pool.balances()[0];
        uint256 grown = WAD + _afterFee(2_000e18, 0.5e18) * WAD / balance;
        uint256 expected = supply * FixedPointMathLib.sqrt(grown * WAD) / WAD - supply;
        uint256 quote = pool.quoteJoinSingle(address(currency), 2_000e18);
        vm.expectEmit(address(pool));
        emit IMeanPool.JoinedSingle(investor, address(currency), 2_000e18, quote, clients[0]);
        vm.prank(investor);
        uint256 shares = pool.joinSingle(address(currency), 2_000e18, quote, clients[0], block.timestamp);
        assertEq(shares, quote, "as quoted");
        assertNear(shares, expected, supply / 1e16, "half a token's weight is a root");
        assertEq(pool.totalSupply(), supply + shares, "minted");
        assertEq(pool.balances()[0], balance + 2_000e18, "the fee stays in the pool");
        assertEq(currency.balanceOf(address(pool)), balance + 2_000e18, "received");
    }

    function test_exitSingle_givesTheFourthPowerOfWhatIsLeft() external {
        uint256 supply = pool.totalSupply();
        uint256 shares = supply / 20;
        uint256 balance = pool.balances()[2];
        uint256 left = 0.95e18;
        left = left * left / WAD;
        left = left * left / WAD;
        uint256 expected = _afterFee(balance * (WAD - left) / WAD, 0.25e18);
        uint256 quote = pool.quoteExitSingle(address(tokens[1]), shares);
        vm.expectEmit(address(pool));
        emit IMeanPool.ExitedSingle(provider, address(tokens[1]), quote, shares, investor);
        vm.prank(provider);
        uint256 out = pool.exitSingle(address(tokens[1]), shares, quote, investor, block.timestamp);
        assertEq(out, quote, "as quoted");
        assertNear(out, expected, balance / 1e15, "a quarter's weight is a fourth power");
        assertEq(pool.totalSupply(), supply - shares, "burned");
        assertEq(pool.balances()[2], balance - out, "balance");
        assertEq(tokens[1].balanceOf(investor), out, "received");
    }

    function test_joinSingle_takesAClientToken() external {
        uint256 before = tokens[0].balanceOf(investor);
        vm.prank(investor);
        uint256 shares = pool.joinSingle(address(tokens[0]), before, 1, investor, block.timestamp);
        assertEq(tokens[0].balanceOf(investor), 0, "paid");
        assertEq(pool.balanceOf(investor), shares, "shares");
        assertEq(pool.balances()[1], tokens[0].balanceOf(address(pool)), "booked");
    }

    /// Attack 14: who joins with one token gets nothing of the past, and takes nothing from who was there.
    function test_attack_14_singleJoinsAndExitsMoveNoDividends() external {
        playRound(POT, defaultShares());
        vm.warp(block.timestamp + STREAM / 2);
        uint256 owed = pool.lpOwed(provider);
        vm.startPrank(investor);
        uint256 shares = pool.joinSingle(address(currency), 3_000e18, 0, investor, block.timestamp);
        assertEq(pool.lpOwed(investor), 0, "nothing of the past");
        assertEq(pool.lpOwed(provider), owed, "untouched");
        pool.exitSingle(address(tokens[0]), shares / 2, 0, investor, block.timestamp);
        assertEq(pool.lpOwed(investor), 0, "nothing in the same block");
        assertEq(pool.lpOwed(provider), owed, "still untouched");
        vm.warp(block.timestamp + STREAM / 2);
        uint256 earned = pool.lpOwed(investor);
        assertTrue(earned != 0, "earns from now on");
        pool.exitSingle(address(currency), pool.balanceOf(investor), 0, investor, block.timestamp);
        vm.stopPrank();
        assertEq(pool.lpOwed(investor), earned, "what it earned stays its own");
    }

    /// Attack 9: limits and deadlines of joins and exits with one token.
    function test_attack_09_singleLimitsAndDeadline() external {
        address c = address(currency);
        uint256 shares = pool.quoteJoinSingle(c, 100e18);
        uint256 out = pool.quoteExitSingle(c, 100e18);
        bytes memory late = abi.encodeWithSelector(ErrorsLib.DeadlinePassed.selector, block.timestamp - 1);
        vm.startPrank(provider);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.OutBelowMin.selector, shares, shares + 1));
        pool.joinSingle(c, 100e18, shares + 1, provider, block.timestamp);
        vm.expectRevert(late);
        pool.joinSingle(c, 100e18, 0, provider, block.timestamp - 1);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.OutBelowMin.selector, out, out + 1));
        pool.exitSingle(c, 100e18, out + 1, provider, block.timestamp);
        vm.expectRevert(late);
        pool.exitSingle(c, 100e18, 0, provider, block.timestamp - 1);
        vm.stopPrank();
    }

    function test_single_revertsForRecipientsOfTheFamily() external {
        address[3] memory refused = [address(0), address(pool), address(scenario)];
        vm.startPrank(provider);
        for (uint256 i = 0; i < 3; ++i) {
            bytes memory reason = abi.encodeWithSelector(ErrorsLib.InvalidRecipient.selector, refused[i]);
            vm.expectRevert(reason);
            pool.joinSingle(address(currency), 1e18, 0, refused[i], block.timestamp);
            vm.expectRevert(reason);
            pool.exitSingle(address(currency), 1e18, 0, refused[i], block.timestamp);
        }
        vm.stopPrank();
    }

    function test_single_revertsForUnknownTokens() external {
        bytes memory unknown = abi.encodeWithSelector(ErrorsLib.UnknownToken.selector, address(this));
        _join(address(this), 1e18, unknown);
        _exit(address(this), 1e18, unknown);
    }

    function test_joinSingle_revertsOutsideTheTradeLimits() external {
        uint256 max = pool.balances()[0] * 3 / 10;
        _join(address(currency), 1e6 - 1, abi.encodeWithSelector(ErrorsLib.AmountTooSmall.selector, 1e6 - 1, 1e6));
        _join(address(currency), max + 1, abi.encodeWithSelector(ErrorsLib.AmountAboveLimit.selector, max + 1, max));
        vm.prank(investor);
        pool.joinSingle(address(currency), 1e6, 0, investor, block.timestamp);
        max = pool.balances()[0] * 3 / 10;
        vm.prank(investor);
        pool.joinSingle(address(currency), max, 0, investor, block.timestamp);
    }

    /// A limit that is no whole number is rounded down.
    function test_joinSingle_roundsItsLimitDown() external {
        vm.prank(investor);
        pool.joinSingle(address(tokens[0]), 1e18 + 1, 0, investor, block.timestamp);
        uint256 balance = pool.balances()[1];
        assertTrue(balance * 3 % 10 != 0, "rounded");
        uint256 max = balance * 3 / 10;
        _join(address(tokens[0]), max + 1, abi.encodeWithSelector(ErrorsLib.AmountAboveLimit.selector, max + 1, max));
    }

    function test_exitSingle_revertsOutsideTheTradeLimits() external {
        uint256 supply = pool.totalSupply();
        uint256 max = supply * 3 / 10;
        _exit(address(currency), max + 1, abi.encodeWithSelector(ErrorsLib.AmountAboveLimit.selector, max + 1, max));
        _exit(address(currency), supply, abi.encodeWithSelector(ErrorsLib.AmountAboveLimit.selector, supply, max));
        _exit(address(currency), 0, abi.encodeWithSelector(ErrorsLib.AmountTooSmall.selector, 0, 1e6));
        // A tenth of the shares is 1 - 0.9^4 = 34 % of a client's tokens.
        bytes memory exit = abi.encodeCall(pool.quoteExitSingle, (address(tokens[0]), supply / 10));
        (bool ok, bytes memory reason) = address(pool).staticcall(exit);
        assertTrue(!ok && bytes4(reason) == ErrorsLib.AmountAboveLimit.selector, "a third of the balance");
    }

    function test_exitSingle_revertsWithoutTheShares() external {
        vm.prank(investor);
        vm.expectRevert(ERC20.InsufficientBalance.selector);
        pool.exitSingle(address(currency), 1e18, 0, investor, block.timestamp);
    }

    function test_joinSingle_revertsBelowTheFloor() external {
        address[3] memory owners = [provider, clients[0], clients[1]];
        for (uint256 i = 0; i < 3; ++i) {
            uint256 shares = pool.balanceOf(owners[i]);
            vm.prank(owners[i]);
            pool.exitProportional(shares, limits(0), owners[i], block.timestamp);
        }
        uint256 left = pool.balances()[2];
        vm.prank(clients[1]);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.BalanceBelowFloor.selector, address(tokens[1]), left, 200_000e9));
        pool.joinSingle(address(tokens[1]), left / 10, 0, clients[1], block.timestamp);
    }

    function test_single_revertsBeforeTheMarketOpens() external {
        delete tokens;
        delete clients;
        createFederation(2);
        closeRegistration();
        _join(address(currency), 1e18, abi.encodeWithSelector(ErrorsLib.MarketNotOpen.selector));
        _exit(address(currency), 1e18, abi.encodeWithSelector(ErrorsLib.MarketNotOpen.selector));
    }
}
