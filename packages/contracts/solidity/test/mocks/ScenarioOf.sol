// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice As much of a Scenario as a lease asks for.
contract ScenarioOf {
    address public immutable federator;

    constructor(address federator_) {
        federator = federator_;
    }
}
