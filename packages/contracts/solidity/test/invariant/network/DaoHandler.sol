// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";

import {DaoParam, ProposalStake} from "../../../network/interfaces/IDao.sol";
import {DaoTest} from "../../base/network/DaoTest.sol";

/// @notice One proposer, three voters and a guardian in any order and at any time: proposals that change what proposals cost and earn, of
/// every fate. Where a stake went is checked when it goes; a step that cannot be taken is left out.
contract DaoHandler is DaoTest {
    uint256 private constant MAX_PROPOSALS = 40;

    struct Item {
        uint256 id;
        bytes data;
        /// What it was proposed with; zero once that went.
        uint256 stake;
    }

    Item[] private _items;
    uint256 public steps;
    uint256 public gifts;
    uint256 public funded;
    uint256 public rewarded;
    uint256 public burned;
    uint256 public kept;
    uint256 public executed;
    mapping(uint256 month => uint256 amount) private _rewardedIn;

    modifier step() {
        ++steps;
        _;
    }

    constructor() {
        found();
        give(proposer, 1_000_000e18);
        token.approve(address(dao), type(uint256).max);
        vm.warp(block.timestamp + 1);
    }

    // --- anybody
    function proposeOne(uint256 kind, uint256 value) external step {
        if (_items.length == MAX_PROPOSALS) return;
        DaoParam param = DaoParam(kind % 3);
        if (param == DaoParam.ProposalStake) value = bound(value, 1e18, 20_000e18);
        else if (param == DaoParam.RewardBps) value = bound(value, 0, 10_000);
        else value = bound(value, 0, 50_000e18);
        bytes memory data = abi.encodeCall(dao.setDaoParam, (param, value));
        uint256 stake = dao.daoParam(DaoParam.ProposalStake);
        uint256 id = propose(vm.toString(_items.length), address(dao), data);
        _items.push(Item(id, data, stake));
    }

    function voteOnOne(uint256 which, uint256 who, uint8 kind) external step {
        if (_items.length == 0) return;
        address voter = [alice, bob, carol][who % 3];
        uint256 id = _items[which % _items.length].id;
        if (dao.state(id) != IGovernor.ProposalState.Active || dao.hasVoted(id, voter)) return;
        vote(voter, id, kind % 4);
    }

    /// @dev The newest that can still do something does what comes next in its life.
    function advance(uint256 back) external step {
        if (_items.length == 0) return;
        uint256 i = _items.length - 1 - back % _items.length;
        uint256 id = _items[i].id;
        IGovernor.ProposalState state = dao.state(id);
        _load(i);
        if (state == IGovernor.ProposalState.Pending) startVote(id);
        else if (state == IGovernor.ProposalState.Active) endVote(id);
        else if (state == IGovernor.ProposalState.Succeeded) queue();
        else if (state == IGovernor.ProposalState.Queued) _execute(id);
    }

    function endScam(uint256 which) external step {
        if (_items.length == 0) return;
        uint256 id = _items[which % _items.length].id;
        try dao.endScam(id) {
            assertEq(uint256(dao.state(id)), uint256(IGovernor.ProposalState.Defeated), "ended");
        } catch {}
    }

    function cancel(uint256 which, bool byGuardian) external step {
        if (_items.length == 0) return;
        _load(which % _items.length);
        vm.prank(byGuardian ? guardian : proposer);
        try dao.cancel(targets, values, calldatas, keccak256(bytes(description))) {} catch {}
    }

    function returnStake(uint256 which) external step {
        if (_items.length == 0) return;
        Item storage item = _items[which % _items.length];
        uint256[3] memory before = _whereStakesGo();
        try dao.returnStake(item.id) {
            uint256[3] memory now_ = _whereStakesGo();
            uint256 lost = before[2] - now_[2];
            uint256 toTreasury = now_[1] - before[1];
            assertEq(now_[0] - before[0] + toTreasury + lost, item.stake, "goes somewhere, all of it and once");
            (burned, kept, item.stake) = (burned + lost, kept + toTreasury, 0);
        } catch {
            assertTrue(item.stake == 0 || _undecided(item.id), "a stake that cannot come back");
        }
    }

    function reward(uint256 which) external step {
        if (_items.length == 0) return;
        uint256 id = _items[which % _items.length].id;
        uint256 month = block.timestamp / 30 days;
        bool before = dao.stakeOf(id).rewarded;
        try dao.reward(id) returns (uint256 paid) {
            assertTrue(!before, "rewarded twice");
            (rewarded, _rewardedIn[month]) = (rewarded + paid, _rewardedIn[month] + paid);
            assertLe(_rewardedIn[month], dao.daoParam(DaoParam.RewardCeiling), "more than a month may give");
            assertEq(uint256(dao.state(id)), uint256(IGovernor.ProposalState.Executed), "for what was not carried out");
        } catch {}
    }

    function fundRewards(uint256 amount) external step {
        amount = bound(amount, 1, 20_000e18);
        dao.fundRewards(amount);
        funded += amount;
    }

    function gift(uint256 amount) external step {
        amount = bound(amount, 1, 1_000e18);
        token.transfer(address(dao), amount);
        gifts += amount;
    }

    function pass(uint256 time) external step {
        vm.warp(block.timestamp + bound(time, 1, 10 days));
    }

    // --- readings
    /// @notice Stakes of proposals that have not gone; wei.
    function staked() external view returns (uint256 sum) {
        for (uint256 i = 0; i < _items.length; ++i) {
            ProposalStake memory s = dao.stakeOf(_items[i].id);
            assertEq(s.amount, _items[i].stake, "stake");
            sum += _items[i].stake;
        }
    }

    function held() external view returns (uint256) {
        return token.balanceOf(address(dao));
    }

    function rewardFund() external view returns (uint256) {
        return dao.rewardFund();
    }

    function supply() external view returns (uint256 now_, uint256 initial) {
        return (token.totalSupply(), SUPPLY);
    }

    function _execute(uint256 id) private {
        uint256 eta = dao.proposalEta(id);
        if (block.timestamp < eta) vm.warp(eta);
        execute();
        ++executed;
    }

    /// @dev Whether its vote is still to come, or running; or it was canceled before that.
    function _undecided(uint256 id) private view returns (bool) {
        IGovernor.ProposalState state = dao.state(id);
        if (state == IGovernor.ProposalState.Canceled) return block.timestamp <= dao.proposalSnapshot(id);
        return state == IGovernor.ProposalState.Pending || state == IGovernor.ProposalState.Active;
    }

    /// @dev The proposer's tokens, the treasury's, and all there are.
    function _whereStakesGo() private view returns (uint256[3] memory) {
        return [token.balanceOf(proposer), token.balanceOf(address(timelock)), token.totalSupply()];
    }

    /// @dev What `queue`, `execute` and `cancel` take.
    function _load(uint256 i) private {
        (targets, values, calldatas) = (new address[](1), new uint256[](1), new bytes[](1));
        targets[0] = address(dao);
        calldatas[0] = _items[i].data;
        description = vm.toString(i);
    }
}
