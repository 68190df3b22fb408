// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Sortition, Urn} from "../../../network/libraries/Sortition.sol";

/// @notice Sortition, to be called: each draw starts with memory of its own.
contract DrawBox {
    function draw(uint256[] memory weights, bytes32 seed, uint256 count) external pure returns (uint256[] memory) {
        return Sortition.draw(Sortition.fill(weights), seed, count);
    }

    /// @dev Two draws from the same urn.
    function drawTwice(uint256[] memory weights, bytes32[2] memory seeds, uint256[2] memory counts)
        external
        pure
        returns (uint256[] memory first, uint256[] memory second)
    {
        Urn memory urn = Sortition.fill(weights);
        first = Sortition.draw(urn, seeds[0], counts[0]);
        second = Sortition.draw(urn, seeds[1], counts[1]);
    }

    function seedOf(bytes32 beacon, uint256 task, uint256 round, bytes32 role) external view returns (bytes32) {
        return Sortition.seedOf(beacon, task, round, role);
    }
}
