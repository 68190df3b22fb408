// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LocalCurrency} from "../../../LocalCurrency.sol";
import {NetworkAccess} from "../../../network/NetworkAccess.sol";
import {BuiltCode} from "./BuiltCode.sol";

/// @notice What tests of single network contracts share: a NetworkAccess that `governor` administers, and a currency.
abstract contract NetworkTest is BuiltCode {
    uint256 internal constant WAD = 1e18;
    uint256 internal constant START = 1_800_000_000;

    NetworkAccess internal manager;
    LocalCurrency internal currency;
    address internal governor;
    address internal treasury;

    function deployNetworkBase() internal {
        vm.warp(START);
        governor = account("governor");
        treasury = account("treasury");
        manager = NetworkAccess(deployBuilt("NetworkAccess", abi.encode(governor)));
        currency = LocalCurrency(deployBuilt("LocalCurrency", abi.encode("Local Currency", "LOC", address(this))));
    }

    /// @dev Gives `who` a role at once, and the role these functions of `target`.
    function allow(uint64 role, address who, address target, bytes4[] memory selectors) internal {
        vm.startPrank(governor);
        manager.setTargetFunctionRole(target, selectors, role);
        manager.grantRole(role, who, 0);
        vm.stopPrank();
    }

    /// @dev Refused with exactly `reason`. A revert expected by the cheatcode would end the test at the first one.
    function assertRefused(string memory name, bytes memory args, bytes memory reason) internal {
        try this.deployAgain(name, args) {
            assertTrue(false, string.concat(name, " was deployed"));
        } catch (bytes memory given) {
            assertEq(keccak256(given), keccak256(reason), string.concat(name, " was refused for another reason"));
        }
    }

    function deployAgain(string calldata name, bytes calldata args) external returns (address) {
        return deployBuilt(name, args);
    }

    /// @dev Money, and the allowance to spend it at `spender`.
    function fund(address who, address spender, uint256 amount) internal {
        currency.mint(who, amount);
        vm.prank(who);
        currency.approve(spender, type(uint256).max);
    }

    function only(bytes4 selector) internal pure returns (bytes4[] memory selectors) {
        selectors = new bytes4[](1);
        selectors[0] = selector;
    }
}
