// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ScenarioState} from "./ScenarioState.sol";
import {IScenario} from "./interfaces/IScenario.sol";
import {ErrorsLib} from "./libraries/ErrorsLib.sol";

/// @notice The guardian's pause: it stops what brings new money in or trades, for a bounded time, and never what pays out.
/// A guardian that does nothing but pause stops the market three days out of ten.
abstract contract Pausing is ScenarioState {
    /// @dev From the end of a pause to the beginning of the next, at least.
    uint256 private constant PAUSE_REST = 7 days;

    /// @inheritdoc IScenario
    function pause() external {
        _checkGuardian();
        uint256 from = _pauseEnd() + PAUSE_REST;
        require(block.timestamp >= from, ErrorsLib.PauseResting(uint64(from)));
        _setPauseEnd(block.timestamp + PAUSE);
    }

    /// @inheritdoc IScenario
    function unpause() external {
        _checkGuardian();
        require(block.timestamp < _pauseEnd(), ErrorsLib.NotPaused());
        _setPauseEnd(block.timestamp);
    }

    /// @inheritdoc IScenario
    function pausedUntil() external view returns (uint64) {
        return _pauseEnd();
    }

    function _checkGuardian() private view {
        require(msg.sender == _address(GUARDIAN), ErrorsLib.NotGuardian(msg.sender));
    }

    function _setPauseEnd(uint256 until) private {
        _past.pausedUntil = uint40(until); // 2^40 seconds are 34,865 years
        emit Paused(uint64(until));
    }
}
