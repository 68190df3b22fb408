// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Scheme} from "../../../network/interfaces/IRandomBeacon.sol";
import {BeaconBase} from "../../base/network/BeaconBase.sol";

/// @notice Gas of a proof: whole transactions, base and calldata included, under the rules of Osaka; the targets are those of
/// CONTRACTS.md 5. The dearest of forty rounds on BN254, where some messages take more attempts to reach the curve.
/// forge-config: default.isolate = true
contract BeaconGasTest is BeaconBase {
    function _note(string memory name, uint256 used, uint256 max) private {
        vm.snapshotValue("network", name, used);
        assertLe(used, max, name);
    }

    function test_gas_beacon_bls12381() external {
        deployBeacon(Scheme.BLS12381, "beacon-bls12381.json");
        beacon.prove(rounds[0].round, rounds[0].point);
        _note("beacon-bls12381", vm.lastCallGas().gasTotalUsed, 185_000);
    }

    function test_gas_beacon_bn254() external {
        deployBeacon(Scheme.BN254, "beacon-bn254.json");
        uint256 dearest = 0;
        for (uint256 i = 0; i < rounds.length; ++i) {
            beacon.prove(rounds[i].round, rounds[i].point);
            uint256 used = vm.lastCallGas().gasTotalUsed;
            if (used > dearest) dearest = used;
        }
        _note("beacon-bn254", dearest, 210_000);
    }
}
