// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "solady/tokens/ERC20.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {LocalCurrency} from "../../LocalCurrency.sol";
import {WrappedCurrency} from "../../WrappedCurrency.sol";
import {IWrappedCurrency} from "../../interfaces/IWrappedCurrency.sol";
import {ErrorsLib} from "../../libraries/ErrorsLib.sol";
import {Federation} from "../base/Federation.sol";
import {HostileCurrency} from "../mocks/HostileCurrency.sol";
import {Stablecoin} from "../mocks/Stablecoin.sol";

contract WrappedCurrencyTest is Federation {
    uint256 private constant DOLLAR = 1e6;
    uint256 private constant UNIT = 1e12;

    Stablecoin private asset;
    WrappedCurrency private wrapped;
    address private alice;
    address private bob;

    function setUp() external {
        (alice, bob) = (account("alice"), account("bob"));
        asset = new Stablecoin(6);
        wrapped = _wrapperOf(address(asset));
        address[2] memory users = [alice, bob];
        for (uint256 i = 0; i < 2; ++i) {
            asset.mint(users[i], 1_000 * DOLLAR);
            vm.prank(users[i]);
            asset.approve(address(wrapped), type(uint256).max);
        }
    }

    function _wrapperOf(address asset_) private returns (WrappedCurrency) {
        return WrappedCurrency(deployBuilt("WrappedCurrency", abi.encode(asset_, "Wrapped Dollar", "wUSD")));
    }

    function _wrap(address who, uint256 assets) private returns (uint256) {
        vm.prank(who);
        return wrapped.wrap(assets, who);
    }

    function _wrapFails(bytes memory reason) private {
        vm.prank(alice);
        vm.expectRevert(reason);
        wrapped.wrap(100 * DOLLAR, alice);
        assertEq(wrapped.balanceOf(alice), 0, "nothing minted");
    }

    /// @dev Invariant 2.
    function _isBacked() private view {
        assertLe(wrapped.totalSupply(), asset.balanceOf(address(wrapped)) * UNIT, "backed");
    }

    function test_wrap_mintsAWholeMultiple() external {
        vm.expectEmit(address(wrapped));
        emit IWrappedCurrency.Wrapped(alice, bob, 7 * DOLLAR + 1, 7e18 + UNIT);
        vm.prank(alice);
        assertEq(wrapped.wrap(7 * DOLLAR + 1, bob), 7e18 + UNIT, "amount");
        assertEq(wrapped.balanceOf(bob), 7e18 + UNIT, "minted to whom it is for");
        assertEq(asset.balanceOf(address(wrapped)), 7 * DOLLAR + 1, "held");
        assertEq(asset.balanceOf(alice), 993 * DOLLAR - 1, "paid by the caller");
        _isBacked();
    }

    function test_unwrap_givesTheAssetBack() external {
        _wrap(alice, 100 * DOLLAR);
        vm.expectEmit(address(wrapped));
        emit IWrappedCurrency.Unwrapped(alice, bob, 40 * DOLLAR, 40e18);
        vm.prank(alice);
        assertEq(wrapped.unwrap(40e18, bob), 40 * DOLLAR, "assets");
        assertEq(wrapped.balanceOf(alice), 60e18, "burned");
        assertEq(asset.balanceOf(bob), 1_040 * DOLLAR, "received");
        _isBacked();
    }

    function test_wrapped_tellsWhatItIs() external view {
        assertEq(wrapped.asset(), address(asset), "asset");
        assertEq(wrapped.unit(), UNIT, "unit");
        assertEq(wrapped.decimals(), 18, "decimals");
        assertEq(wrapped.name(), "Wrapped Dollar", "name");
        assertEq(wrapped.symbol(), "wUSD", "symbol");
    }

    function test_constructor_acceptsFewerThan18DecimalsOnly() external {
        assertEq(_wrapperOf(address(new Stablecoin(0))).unit(), 1e18, "no decimals");
        assertEq(_wrapperOf(address(new Stablecoin(17))).unit(), 10, "seventeen");
        address many = address(new Stablecoin(18));
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.DecimalsInvalid.selector, 18));
        new WrappedCurrency(many, "", "");
        many = address(new Stablecoin(255));
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.DecimalsInvalid.selector, 255));
        new WrappedCurrency(many, "", "");
        vm.expectRevert();
        new WrappedCurrency(alice, "", "");
    }

    function test_unwrap_revertsForParts() external {
        _wrap(alice, 100 * DOLLAR);
        vm.startPrank(alice);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.NotAMultiple.selector, 1e18 + 1, UNIT));
        wrapped.unwrap(1e18 + 1, alice);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.NotAMultiple.selector, UNIT - 1, UNIT));
        wrapped.unwrap(UNIT - 1, alice);
        vm.stopPrank();
    }

    function test_wrapped_revertsForNothingAndForNobody() external {
        _wrap(alice, 100 * DOLLAR);
        vm.startPrank(alice);
        vm.expectRevert(ErrorsLib.AmountZero.selector);
        wrapped.wrap(0, alice);
        vm.expectRevert(ErrorsLib.AmountZero.selector);
        wrapped.unwrap(0, alice);
        address[2] memory refused = [address(0), address(wrapped)];
        for (uint256 i = 0; i < 2; ++i) {
            bytes memory reason = abi.encodeWithSelector(ErrorsLib.InvalidRecipient.selector, refused[i]);
            vm.expectRevert(reason);
            wrapped.wrap(DOLLAR, refused[i]);
            vm.expectRevert(reason);
            wrapped.unwrap(1e18, refused[i]);
        }
        vm.stopPrank();
    }

    function test_unwrap_revertsForMoreThanOneHas() external {
        _wrap(alice, DOLLAR);
        vm.prank(alice);
        vm.expectRevert(ERC20.InsufficientBalance.selector);
        wrapped.unwrap(1e18 + UNIT, alice);
    }

    function test_wrap_revertsWithoutTheAllowance() external {
        vm.prank(alice);
        asset.approve(address(wrapped), 0);
        _wrapFails(abi.encodeWithSelector(SafeTransferLib.TransferFromFailed.selector));
    }

    function test_permit_takesItsSignature() external {
        bytes32 typeHash = keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        bytes32 message = keccak256(abi.encode(typeHash, alice, bob, 5e18, 0, block.timestamp));
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", wrapped.DOMAIN_SEPARATOR(), message));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key("alice"), digest);
        wrapped.permit(alice, bob, 5e18, block.timestamp, v, r, s);
        assertEq(wrapped.allowance(alice, bob), 5e18, "allowed");
        assertEq(wrapped.allowance(alice, 0x000000000022D473030F116dDEE9F6B43aC78BA3), 0, "and nobody else is");
    }

    /// Attack 8: an asset that takes a fee on transfer would leave the wrapper short.
    function test_attack_08_wrapRefusesAFeeOnTransfer() external {
        asset.setMood(HostileCurrency.Mood.FeeOnTransfer);
        _wrapFails(abi.encodeWithSelector(ErrorsLib.UnderReceived.selector, 100 * DOLLAR, 99 * DOLLAR));
        asset.setMood(HostileCurrency.Mood.DeliversNothing);
        _wrapFails(abi.encodeWithSelector(ErrorsLib.UnderReceived.selector, 100 * DOLLAR, 0));
    }

    /// Attack 8: an asset that returns false instead of reverting.
    function test_attack_08_wrapTakesFalseForAFailure() external {
        _wrap(bob, 100 * DOLLAR);
        asset.setMood(HostileCurrency.Mood.ReturnsFalse);
        _wrapFails(abi.encodeWithSelector(SafeTransferLib.TransferFromFailed.selector));
        vm.prank(bob);
        vm.expectRevert(SafeTransferLib.TransferFailed.selector);
        wrapped.unwrap(1e18, bob);
        assertEq(wrapped.balanceOf(bob), 100e18, "nothing burned");
    }

    /// Attack 8: an asset that returns nothing.
    function test_attack_08_wrapTakesNothingForSuccess() external {
        asset.setMood(HostileCurrency.Mood.ReturnsNothing);
        _wrap(alice, 100 * DOLLAR);
        vm.prank(alice);
        wrapped.unwrap(100e18, alice);
        assertEq(asset.balanceOf(alice), 1_000 * DOLLAR, "all back");
    }

    /// Attack 8: more than promised is a gift, and backs what is there.
    function test_attack_08_wrapMintsForWhatWasPromisedOnly() external {
        asset.setMood(HostileCurrency.Mood.DeliversMore);
        assertEq(_wrap(alice, 100 * DOLLAR), 100e18, "as promised");
        _isBacked();
    }

    /// Attack 8: a frozen holder is the only one concerned, and takes the asset elsewhere.
    function test_attack_08_aFrozenHolderFreezesNobodyElse() external {
        _wrap(alice, 100 * DOLLAR);
        _wrap(bob, 100 * DOLLAR);
        asset.setMood(HostileCurrency.Mood.Blocklist);
        asset.block_(alice);
        vm.prank(bob);
        wrapped.unwrap(50e18, bob);
        vm.startPrank(alice);
        vm.expectRevert(SafeTransferLib.TransferFailed.selector);
        wrapped.unwrap(50e18, alice);
        vm.expectRevert(SafeTransferLib.TransferFromFailed.selector);
        wrapped.wrap(DOLLAR, alice);
        wrapped.transfer(bob, 10e18);
        wrapped.unwrap(90e18, account("elsewhere"));
        vm.stopPrank();
        assertEq(asset.balanceOf(account("elsewhere")), 90 * DOLLAR, "out by another door");
        _isBacked();
    }

    /// Attack 8: an asset that shrinks balances takes from whoever unwraps last; nothing is minted to hide it.
    function test_attack_08_aShrinkingAssetPaysUntilItIsGone() external {
        _wrap(alice, 100 * DOLLAR);
        _wrap(bob, 100 * DOLLAR);
        asset.shrink(address(wrapped), 50 * DOLLAR);
        vm.prank(alice);
        wrapped.unwrap(100e18, alice);
        vm.startPrank(bob);
        vm.expectRevert(SafeTransferLib.TransferFailed.selector);
        wrapped.unwrap(100e18, bob);
        wrapped.unwrap(50e18, bob);
        vm.stopPrank();
        assertEq(asset.balanceOf(address(wrapped)), 0, "all of it is paid");
        assertEq(wrapped.balanceOf(bob), 50e18, "the rest waits for the asset");
    }

    /// Attack 50: what an asset delivers is measured once at a time.
    function test_attack_50_wrapDoesNotStartInsideItself() external {
        _wrap(bob, 100 * DOLLAR);
        asset.mint(address(asset), 100 * DOLLAR);
        asset.setMood(HostileCurrency.Mood.Reenters);
        bytes[2] memory calls = [abi.encodeCall(wrapped.wrap, (1, alice)), abi.encodeCall(wrapped.unwrap, (UNIT, alice))];
        for (uint256 i = 0; i < 2; ++i) {
            asset.setCall(address(wrapped), calls[i]);
            _wrap(alice, DOLLAR);
            assertTrue(!asset.reentered() && bytes4(asset.lastRevert()) == ErrorsLib.Locked.selector, "inside wrap");
            asset.setCall(address(wrapped), calls[i]);
            vm.prank(bob);
            wrapped.unwrap(1e18, bob);
            assertTrue(!asset.reentered() && bytes4(asset.lastRevert()) == ErrorsLib.Locked.selector, "inside unwrap");
        }
        asset.setMood(HostileCurrency.Mood.Honest);
        _wrap(alice, DOLLAR);
        _isBacked();
    }

    /// Whatever is wrapped and unwrapped, the wrapper holds exactly what it stands for.
    function test_fuzz_wrapped_isExact(uint256[8] calldata amounts) external {
        for (uint256 i = 0; i < amounts.length; ++i) {
            uint256 assets = bound(amounts[i], 1, asset.balanceOf(alice) / 2 + 1);
            _wrap(alice, assets);
            uint256 out = amounts[i] % (wrapped.balanceOf(alice) / UNIT + 1);
            if (out != 0) {
                vm.prank(alice);
                assertEq(wrapped.unwrap(out * UNIT, alice), out, "assets");
            }
            assertEq(wrapped.totalSupply(), asset.balanceOf(address(wrapped)) * UNIT, "exact");
        }
    }

    /// A federation whose currency is a wrapped dollar pays its holders in it.
    function test_wrapped_isACurrencyOfFederations() external {
        deploy();
        currency = LocalCurrency(address(wrapped));
        create(defaultParams());
        register(0);
        register(1);
        address[3] memory actors = [federator, investor, provider];
        for (uint256 i = 0; i < 3; ++i) {
            _fundWrapped(actors[i]);
        }
        closeRegistration();
        openMarket();
        playRound(POT, defaultShares());
        vm.warp(block.timestamp + STREAM);
        uint256 paid = claim(0, clients[0]);
        assertEq(wrapped.balanceOf(clients[0]), paid, "paid in it");
        uint256 whole = paid / UNIT * UNIT;
        vm.prank(clients[0]);
        wrapped.unwrap(whole, clients[0]);
        assertEq(asset.balanceOf(clients[0]), whole / UNIT, "and taken out as dollars");
    }

    function _fundWrapped(address who) private {
        asset.mint(who, 1e6 * DOLLAR);
        vm.startPrank(who);
        asset.approve(address(wrapped), type(uint256).max);
        wrapped.wrap(1e6 * DOLLAR, who);
        wrapped.approve(address(scenario), type(uint256).max);
        wrapped.approve(address(pool), type(uint256).max);
        vm.stopPrank();
    }
}
