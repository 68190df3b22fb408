// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAttesterResolver} from "./interfaces/IAttesterResolver.sol";
import {ErrorsLib} from "./libraries/ErrorsLib.sol";

/// @title AttesterResolver
contract AttesterResolver is IAttesterResolver {
    constructor(address[] memory attesters_, uint256 threshold_) {}
    function attesters() external view returns (address[] memory) {}
    function threshold() external view returns (uint256) {}
    function verdictDigest(address, uint32, bool) external view returns (bytes32) {}
    function settle(address, uint32 round, bool, address[] calldata, bytes[] calldata) external {
        revert ErrorsLib.NotInDispute(round);
    }
}
