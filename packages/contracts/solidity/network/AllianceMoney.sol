// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SafeCastLib} from "solady/utils/SafeCastLib.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {ErrorsLib} from "../libraries/ErrorsLib.sol";
import {AllianceState} from "./AllianceState.sol";
import {AlliancePhase, IAlliance} from "./interfaces/IAlliance.sol";
import {ITaskEmission} from "./interfaces/IEmission.sol";
import {AllianceErrors} from "./libraries/AllianceErrors.sol";
import {AllianceMath} from "./libraries/AllianceMath.sol";

/// @notice The part of an alliance that takes money in and pays it out: the pool, what participants earned of it, and what was not spent.
/// A slash never comes here: the StakeManager keeps what it takes.
abstract contract AllianceMoney is AllianceState {
    using SafeCastLib for uint256;

    /// @inheritdoc IAlliance
    function fund(uint256 id, uint96 amount) external locked {
        require(amount != 0, ErrorsLib.AmountZero());
        _addToPool(id, msg.sender, amount);
        _pull(amount);
    }

    /// @inheritdoc IAlliance
    function collectEmission(uint256 id) external locked returns (uint256 amount) {
        require(emission != address(0) && treasury != address(0), AllianceErrors.NoEmission());
        uint256 task = taskOf(id);
        amount = ITaskEmission(emission).owedTo(task);
        require(amount != 0, ErrorsLib.AmountZero());
        _addToPool(id, treasury, amount);
        uint256 before = SafeTransferLib.balanceOf(currency, address(this));
        ITaskEmission(emission).collect(task);
        uint256 received = SafeTransferLib.balanceOf(currency, address(this)) - before;
        require(received >= amount, ErrorsLib.UnderReceived(amount, received));
    }

    /// @inheritdoc IAlliance
    function claim(uint256 id, address account) external locked returns (uint256 amount) {
        Standing storage standing = _book(id).standings[account];
        amount = standing.earned;
        require(amount != 0, AllianceErrors.NothingOwed(id, account));
        standing.earned = 0;
        emit RewardClaimed(id, account, amount);
        SafeTransferLib.safeApprove(currency, address(stakes), amount);
        stakes.reward(_keyOf(id, account), amount);
    }

    /// @inheritdoc IAlliance
    function refund(uint256 id, address funder) external locked returns (uint256 amount) {
        Book storage book = _book(id);
        require(book.machine.phase == AlliancePhase.Finished, AllianceErrors.AllianceRunning(id));
        Standing storage standing = book.standings[funder];
        uint256 given = standing.funded;
        if (given != 0) amount = given * book.unspent / book.funded;
        require(amount != 0, AllianceErrors.NothingOwed(id, funder));
        standing.funded = 0;
        emit Refunded(id, funder, amount);
        _push(funder, amount);
    }

    function _addToPool(uint256 id, address funder, uint256 amount) internal {
        Book storage book = _book(id);
        require(book.machine.phase != AlliancePhase.Finished, AllianceErrors.AllianceFinished(id));
        uint96 pool = (book.machine.pool + amount).toUint96();
        book.machine.pool = pool;
        book.funded = (book.funded + amount).toUint96();
        book.standings[funder].funded += uint96(amount); // a part of the sum above
        emit AllianceFunded(id, funder, amount, pool);
    }

    /// @dev What the pool holds is to be refunded from now on.
    function _finish(uint256 id) internal {
        Book storage book = _books[id];
        book.unspent = book.machine.pool;
        (book.machine.phase, book.machine.until, book.machine.pool) = (AlliancePhase.Finished, 0, 0);
    }

    // --- views
    /// @inheritdoc IAlliance
    function potOf(uint256 id) public view returns (uint256) {
        Machine memory machine = _book(id).machine;
        if (machine.phase == AlliancePhase.Finished) return 0;
        return AllianceMath.potDown(machine.pool, _books[id].terms.rounds, machine.round);
    }

    /// @inheritdoc IAlliance
    function earnedOf(uint256 id, address account) external view returns (uint256) {
        return _books[id].standings[account].earned;
    }

    /// @inheritdoc IAlliance
    function fundedOf(uint256 id, address funder) external view returns (uint256) {
        return _books[id].standings[funder].funded;
    }

    /// @inheritdoc IAlliance
    function strikesOf(uint256 id, address account) external view returns (uint16) {
        return _books[id].standings[account].strikes;
    }
}
