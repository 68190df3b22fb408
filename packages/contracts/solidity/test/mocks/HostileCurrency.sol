// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LocalCurrency} from "../../LocalCurrency.sol";

/// @notice A currency that misbehaves in one way at a time, chosen by the test.
contract HostileCurrency is LocalCurrency {
    enum Mood {
        Honest,
        FeeOnTransfer,
        ReturnsFalse,
        ReturnsNothing,
        Reenters,
        DeliversNothing,
        DeliversMore,
        Blocklist
    }

    Mood public mood;
    address public blocked;
    address public target;
    bytes public call_;
    bytes public lastRevert;
    bool public reentered;

    constructor() LocalCurrency("Hostile", "HOS", msg.sender) {}

    function setMood(Mood mood_) external {
        mood = mood_;
    }

    function block_(address who) external {
        blocked = who;
    }

    function setCall(address target_, bytes calldata data) external {
        (target, call_, reentered) = (target_, data, false);
        lastRevert = "";
    }

    function transfer(address to, uint256 amount) public override returns (bool) {
        _move(msg.sender, to, amount);
        return _answer();
    }

    function transferFrom(address from, address to, uint256 amount) public override returns (bool) {
        if (mood != Mood.ReturnsFalse) _spendAllowance(from, msg.sender, amount);
        _move(from, to, amount);
        return _answer();
    }

    function _move(address from, address to, uint256 amount) private {
        if (mood == Mood.ReturnsFalse || mood == Mood.DeliversNothing) return;
        require(mood != Mood.Blocklist || (from != blocked && to != blocked), "blocked");
        if (mood == Mood.Reenters) _reenter();
        if (mood == Mood.FeeOnTransfer) {
            _burn(from, amount / 100);
            amount -= amount / 100;
        }
        if (mood == Mood.DeliversMore) _mint(to, amount);
        _transfer(from, to, amount);
    }

    function _reenter() private {
        (bool ok, bytes memory result) = target.call(call_);
        reentered = ok;
        if (!ok) lastRevert = result;
    }

    function _answer() private view returns (bool) {
        if (mood == Mood.ReturnsNothing) {
            assembly ("memory-safe") {
                return(0, 0)
            }
        }
        return mood != Mood.ReturnsFalse;
    }
}
