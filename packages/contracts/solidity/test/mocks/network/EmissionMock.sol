// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {NetworkToken} from "../../../network/NetworkToken.sol";

/// @notice What a task's owner sees of the emission.
contract EmissionMock {
    NetworkToken private immutable _token;
    mapping(uint256 task => uint256) public owedTo;
    uint256 public withheld;

    constructor(NetworkToken token) {
        _token = token;
    }

    function set(uint256 task, uint256 amount, uint256 withheld_) external {
        (owedTo[task], withheld) = (amount, withheld_);
    }

    function collect(uint256 task) external returns (uint256 amount) {
        amount = owedTo[task] - withheld;
        owedTo[task] = 0;
        _token.transfer(msg.sender, amount);
    }
}
