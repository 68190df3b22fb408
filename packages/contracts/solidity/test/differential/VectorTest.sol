// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {TestBase} from "../base/TestBase.sol";

/// @notice Rows of numbers that the TypeScript model wrote (scripts/write-vectors.ts): what the contracts must give too.
abstract contract VectorTest is TestBase {
    uint256[] internal numbers;
    uint256 internal columns;

    function load(string memory file, uint256 columns_) internal {
        string memory json = vm.readFile(string.concat("solidity/test/vectors/", file));
        numbers = vm.parseJsonUintArray(json, ".rows");
        columns = columns_;
        assertTrue(numbers.length != 0 && numbers.length % columns_ == 0, "whole rows");
    }

    function rowCount() internal view returns (uint256) {
        return numbers.length / columns;
    }

    function rowAt(uint256 i) internal view returns (uint256[] memory row) {
        row = new uint256[](columns);
        for (uint256 k = 0; k < columns; ++k) {
            row[k] = numbers[i * columns + k];
        }
    }
}
