// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";

import {DaoErrors} from "./libraries/DaoErrors.sol";

/// @title Timelock
/// @notice Holds the treasury and every power of governance, and uses them a while after the Dao decided, so that who disagrees can leave.
///
/// ROLES: the Dao proposes and cancels, anybody executes. Nobody administers it: roles change by its own proposals.
/// The shortest delay is fixed when it is deployed: two days on a public network, which deployNetwork and every node that joins check.
/// It is no constant so that what runs on a local chain in minutes is the same code.
contract Timelock is TimelockController {
    /// @dev A delay that nobody could wait for would be the end of governance.
    uint256 private constant MAX_DELAY = 30 days;

    /// @notice The shortest delay that governance can set; seconds.
    uint256 public immutable leastDelay;

    /// @param admin hands the roles out, and renounces: deployNetwork does.
    constructor(uint256 leastDelay_, address admin) TimelockController(leastDelay_, new address[](0), new address[](0), admin) {
        require(leastDelay_ != 0 && leastDelay_ <= MAX_DELAY, DaoErrors.GovernanceOutOfRange("delay", leastDelay_, 1, MAX_DELAY));
        leastDelay = leastDelay_;
    }

    /// @inheritdoc TimelockController
    function updateDelay(uint256 newDelay) public override {
        bool valid = newDelay >= leastDelay && newDelay <= MAX_DELAY;
        require(valid, DaoErrors.GovernanceOutOfRange("delay", newDelay, leastDelay, MAX_DELAY));
        super.updateDelay(newDelay);
    }
}
