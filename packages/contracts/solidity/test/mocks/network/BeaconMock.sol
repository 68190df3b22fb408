// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice A beacon of a round every half minute, whose seeds the test sets.
contract BeaconMock {
    uint256 private constant PERIOD = 30;

    error SeedUnknown(uint64 round);

    mapping(uint64 round => bytes32) private _seeds;

    function set(uint64 round, bytes32 seed_) external {
        _seeds[round] = seed_;
    }

    function roundAfter(uint256 timestamp) external pure returns (uint64) {
        return uint64(timestamp / PERIOD + 1);
    }

    function timeOf(uint64 round) external pure returns (uint256) {
        return round * PERIOD;
    }

    function seed(uint64 round) external view returns (bytes32) {
        require(isKnown(round), SeedUnknown(round));
        return _seeds[round];
    }

    function isKnown(uint64 round) public view returns (bool) {
        return _seeds[round] != 0;
    }
}
