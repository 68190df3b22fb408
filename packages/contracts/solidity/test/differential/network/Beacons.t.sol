// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Scheme} from "../../../network/interfaces/IRandomBeacon.sol";
import {BeaconBase} from "../../base/network/BeaconBase.sol";

/// @notice Real beacons of drand, and forty rounds of keys of our own that noble-curves signed (scripts/beacon-vectors.ts): each verifies,
/// and comes to the same randomness.
contract BeaconDifferentialTest is BeaconBase {
    function test_drand_quicknetVerifies() external {
        _proveAll(Scheme.BLS12381, "beacon-quicknet.json", 1);
    }

    function test_drand_evmnetVerifies() external {
        _proveAll(Scheme.BN254, "beacon-evmnet.json", 2);
    }

    function test_bls12381_verifiesWhatTheSignerSigned() external {
        _proveAll(Scheme.BLS12381, "beacon-bls12381.json", 40);
    }

    function test_bn254_verifiesWhatTheSignerSigned() external {
        _proveAll(Scheme.BN254, "beacon-bn254.json", 40);
    }

    function _proveAll(Scheme scheme, string memory file, uint256 count) private {
        deployBeacon(scheme, file);
        assertEq(rounds.length, count, "rounds");
        for (uint256 i = 0; i < count; ++i) {
            beacon.prove(rounds[i].round, rounds[i].point);
            assertEq(beacon.seed(rounds[i].round), rounds[i].seed, "seed");
        }
    }
}
