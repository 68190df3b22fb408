// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Phase, ScenarioParams} from "../../../interfaces/IScenario.sol";
import {LocalCurrency} from "../../../LocalCurrency.sol";

/// @notice What a model market sees of a Scenario. It takes as much of what it is offered as it was told to.
contract PotTaker {
    LocalCurrency private immutable _currency;
    uint32 public currentRound = 1;
    Phase public phase = Phase.Open;
    uint32 public rounds = 3;
    uint256 public refuses;
    mapping(uint32 round => uint256) public potOf;
    /// @dev Called instead of taking anything, when there is something to call.
    address private _target;
    bytes private _call;

    constructor(LocalCurrency currency_) {
        _currency = currency_;
    }

    function set(uint32 round, uint32 rounds_, uint256 refuses_) external {
        (currentRound, rounds, refuses) = (round, rounds_, refuses_);
    }

    function close() external {
        phase = Phase.Closed;
    }

    function callBack(address target, bytes calldata data) external {
        (_target, _call) = (target, data);
    }

    function params() external view returns (ScenarioParams memory p) {
        (p.currency, p.rounds) = (address(_currency), rounds);
    }

    function fundRound(uint32 round, uint128 amount) external {
        if (_target != address(0)) {
            (bool done, bytes memory answer) = _target.call(_call);
            if (done) return;
            assembly ("memory-safe") {
                revert(add(answer, 0x20), mload(answer))
            }
        }
        potOf[round] += amount - refuses;
        _currency.transferFrom(msg.sender, address(this), amount - refuses);
    }
}
