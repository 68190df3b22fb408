// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IFamilyLock} from "./interfaces/IFamilyLock.sol";
import {ErrorsLib} from "./libraries/ErrorsLib.sol";

/// @notice Transient reentrancy lock, kept by the Scenario and shared with its pool.
/// The token hook takes no lock: it runs inside locked calls, changes nothing but the ledger, and calls nobody.
abstract contract FamilyLock is IFamilyLock {
    /// @dev 0 or 1: a bool would be read before it is written.
    uint256 private transient _locked;

    modifier locked() {
        _hold();
        _;
        _locked = 0;
    }

    modifier onlyPool() {
        _checkPool();
        _;
    }

    /// @inheritdoc IFamilyLock
    function hold() external onlyPool {
        _hold();
    }

    /// @inheritdoc IFamilyLock
    function holdForTrade() external onlyPool {
        _checkUnpaused();
        _hold();
    }

    /// @inheritdoc IFamilyLock
    function giveBack() external onlyPool {
        _locked = 0;
    }

    /// @inheritdoc IFamilyLock
    function isLocked() public view returns (bool) {
        return _locked != 0;
    }

    function _checkPool() private view {
        require(msg.sender == _lockHolder(), ErrorsLib.NotPool(msg.sender));
    }

    function _hold() private {
        require(_locked == 0, ErrorsLib.Locked());
        _locked = 1;
    }

    function _checkUnpaused() internal view {
        uint64 until = _pauseEnd();
        require(block.timestamp >= until, ErrorsLib.Paused(until));
    }

    /// @dev The pool: the only other contract that may take the lock.
    function _lockHolder() internal view virtual returns (address);

    /// @dev Unix seconds; in the past when there is no pause.
    function _pauseEnd() internal view virtual returns (uint64);
}
