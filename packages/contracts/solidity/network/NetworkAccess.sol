// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

/// @title NetworkAccess
/// @notice Who may call what on the network's contracts: OpenZeppelin's AccessManager, administered by the Timelock alone once
/// deployNetwork has handed it over. The roles stand in one table, src/network/roles.ts, which a test compares with what was deployed.
contract NetworkAccess is AccessManager {
    constructor(address admin) AccessManager(admin) {}
}
