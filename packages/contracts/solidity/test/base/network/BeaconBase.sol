// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {LocalCurrency} from "../../../LocalCurrency.sol";
import {FallbackParams, IRandomBeacon, Scheme} from "../../../network/interfaces/IRandomBeacon.sol";
import {BuiltCode} from "./BuiltCode.sol";

/// @notice A beacon whose group key is ours, and rounds that the TypeScript signer signed (scripts/beacon-vectors.ts).
abstract contract BeaconBase is BuiltCode {
    struct Signed {
        uint64 round;
        uint256[4] point;
        bytes32 seed;
    }

    uint256 internal constant SIGNED_COLUMNS = 6;
    uint40 internal constant GENESIS = 1_700_000_000;
    uint32 internal constant PERIOD = 3;
    /// @dev Later than every round of the vectors of our own keys.
    uint256 internal constant BEACON_START = 1_800_000_000;
    uint32 internal constant DELAY = 1 hours;
    uint32 internal constant COMMIT_WINDOW = 10 minutes;
    uint32 internal constant REVEAL_WINDOW = 20 minutes;
    uint96 internal constant NODE_BOND = 500e18;

    AccessManager internal authority;
    LocalCurrency internal bondCurrency;
    IRandomBeacon internal beacon;
    Signed[] internal rounds;

    function defaultFallback() internal pure returns (FallbackParams memory) {
        return FallbackParams(DELAY, COMMIT_WINDOW, REVEAL_WINDOW, 3, NODE_BOND);
    }

    /// @dev With the key and the rounds of a file of vectors.
    function deployBeacon(Scheme scheme, string memory file) internal {
        if (block.timestamp < BEACON_START) vm.warp(BEACON_START);
        if (address(authority) == address(0)) authority = new AccessManager(address(this));
        bondCurrency = LocalCurrency(deployBuilt("LocalCurrency", abi.encode("Network Token", "NET", address(this))));
        beacon = newBeacon(scheme, loadKey(file), defaultFallback());
        loadRounds(file);
    }

    function newBeacon(Scheme scheme, bytes memory groupKey, FallbackParams memory params) internal returns (IRandomBeacon) {
        bytes memory args = abi.encode(address(authority), address(bondCurrency), params, scheme, GENESIS, PERIOD, groupKey);
        return IRandomBeacon(deployBuilt("RandomBeacon", args));
    }

    function loadKey(string memory file) internal view returns (bytes memory groupKey) {
        uint256[] memory words = _numbers(file, ".key");
        for (uint256 i = 0; i < words.length; ++i) {
            groupKey = abi.encodePacked(groupKey, words[i]);
        }
    }

    function loadRounds(string memory file) internal {
        delete rounds;
        uint256[] memory numbers = _numbers(file, ".rows");
        for (uint256 i = 0; i < numbers.length; i += SIGNED_COLUMNS) {
            uint256[4] memory point = [numbers[i + 1], numbers[i + 2], numbers[i + 3], numbers[i + 4]];
            rounds.push(Signed(uint64(numbers[i]), point, bytes32(numbers[i + 5])));
        }
        assertTrue(rounds.length != 0, "rounds");
    }

    function _numbers(string memory file, string memory path) private view returns (uint256[] memory) {
        return vm.parseJsonUintArray(vm.readFile(string.concat("solidity/test/vectors/", file)), path);
    }

    /// @dev A node that has bonded before `round` is due, with room for `commitments`.
    function bondedNode(string memory name, uint256 commitments) internal returns (address node) {
        node = account(name);
        uint256 amount = commitments * NODE_BOND;
        bondCurrency.mint(node, amount);
        vm.startPrank(node);
        bondCurrency.approve(address(beacon), amount);
        beacon.depositBond(amount);
        vm.stopPrank();
    }

    function secretOf(address node) internal pure returns (bytes32) {
        return keccak256(abi.encode("secret", node));
    }

    function commitAs(address node, uint64 round) internal {
        bytes32 commitment = beacon.fallbackCommitment(round, beacon.fallbackOf(round).attempt, node, secretOf(node));
        vm.prank(node);
        beacon.commitFallback(round, commitment);
    }

    function revealAs(address node, uint64 round) internal {
        vm.prank(node);
        beacon.revealFallback(round, secretOf(node));
    }
}
