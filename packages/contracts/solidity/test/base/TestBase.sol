// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Vm} from "./Vm.sol";

/// @notice Asserts and bounds; a failed one reverts, which forge reports as the failure.
abstract contract TestBase {
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    error AssertTrue(string what);
    error AssertEq(string what, uint256 actual, uint256 expected);
    error AssertEqInt(string what, int256 actual, int256 expected);
    error AssertLe(string what, uint256 actual, uint256 max);
    error AssertEqBytes32(string what, bytes32 actual, bytes32 expected);

    function assertTrue(bool condition, string memory what) internal pure {
        require(condition, AssertTrue(what));
    }

    function assertEq(uint256 actual, uint256 expected, string memory what) internal pure {
        require(actual == expected, AssertEq(what, actual, expected));
    }

    function assertEq(address actual, address expected, string memory what) internal pure {
        require(actual == expected, AssertEq(what, uint160(actual), uint160(expected)));
    }

    function assertEq(bytes32 actual, bytes32 expected, string memory what) internal pure {
        require(actual == expected, AssertEqBytes32(what, actual, expected));
    }

    function assertEq(string memory actual, string memory expected, string memory what) internal pure {
        require(keccak256(bytes(actual)) == keccak256(bytes(expected)), AssertTrue(what));
    }

    function assertEqInt(int256 actual, int256 expected, string memory what) internal pure {
        require(actual == expected, AssertEqInt(what, actual, expected));
    }

    function assertLe(uint256 actual, uint256 max, string memory what) internal pure {
        require(actual <= max, AssertLe(what, actual, max));
    }

    function assertLt(uint256 actual, uint256 max, string memory what) internal pure {
        require(actual < max, AssertLe(what, actual, max));
    }

    function assertNear(uint256 actual, uint256 expected, uint256 tolerance, string memory what) internal pure {
        uint256 difference = actual > expected ? actual - expected : expected - actual;
        require(difference <= tolerance, AssertEq(what, actual, expected));
    }

    /// @notice Maps any `x` into [min, max].
    function bound(uint256 x, uint256 min, uint256 max) internal pure returns (uint256) {
        if (x >= min && x <= max) return x;
        uint256 size = max - min + 1;
        return size == 0 ? x : min + x % size;
    }

    function account(string memory name) internal returns (address) {
        address who = vm.addr(uint256(keccak256(bytes(name))));
        vm.label(who, name);
        return who;
    }

    function key(string memory name) internal pure returns (uint256) {
        return uint256(keccak256(bytes(name)));
    }
}
