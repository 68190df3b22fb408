// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {TestBase} from "../TestBase.sol";

/// @notice Deploys the code that is deployed for real: tests are compiled by the quick pipeline, which `new` would take.
abstract contract BuiltCode is TestBase {
    function deployBuilt(string memory name, bytes memory args) internal returns (address) {
        bool legacy = keccak256(bytes(vm.envOr("FOUNDRY_PROFILE", string("default")))) == keccak256("legacy");
        string memory out = vm.envOr("FOUNDRY_OUT", string(legacy ? "out/legacy" : "out"));
        return vm.deployCode(string.concat(out, "/", name, ".sol/", name, ".json"), args);
    }
}
