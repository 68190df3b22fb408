// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";

import {DaoParam} from "../../../network/interfaces/IDao.sol";
import {DaoErrors} from "../../../network/libraries/DaoErrors.sol";
import {DaoTest} from "../../base/network/DaoTest.sol";
import {VectorTest} from "../VectorTest.sol";

/// @notice Whether a proposal passes, where its stake goes and what it earns are those of the TypeScript model, to the wei.
contract ProposalDifferentialTest is DaoTest, VectorTest {
    uint256 private constant COLUMNS = 12;

    function test_proposals_areTheModels() external {
        load("network-proposals.json", COLUMNS);
        found();
        vm.prank(alice);
        dao.fundRewards(1_000_000e18);
        uint256 fresh = vm.snapshotState();
        for (uint256 i = 0; i < rowCount(); ++i) {
            _play(rowAt(i));
            vm.revertToState(fresh);
        }
    }

    function _play(uint256[] memory r) private {
        _set(r);
        address[4] memory voters = [account("against"), account("for"), account("abstain"), account("scam")];
        for (uint256 k = 0; k < 4; ++k) {
            if (r[k] != 0) give(voters[k], r[k]);
        }
        vm.warp(block.timestamp + 1);
        uint256 id = proposeSomething("row");
        startVote(id);
        for (uint8 k = 0; k < 4; ++k) {
            if (r[k] != 0) vote(voters[k], id, k);
        }
        endVote(id);
        bool passed = dao.state(id) == IGovernor.ProposalState.Succeeded;
        assertEq(passed ? 1 : 0, r[7], "passed");
        if (passed) {
            queue();
            vm.warp(block.timestamp + TIMELOCK_DELAY);
            execute();
        }
        _checkStake(id, r);
        _checkReward(id, r[11]);
    }

    /// @dev Stake, reward part and ceiling of the row, by a vote of their own; its proposer's stake is back before the next.
    function _set(uint256[] memory r) private {
        DaoParam[3] memory params = [DaoParam.ProposalStake, DaoParam.RewardBps, DaoParam.RewardCeiling];
        (targets, values, calldatas) = (new address[](3), new uint256[](3), new bytes[](3));
        for (uint256 k = 0; k < 3; ++k) {
            targets[k] = address(dao);
            calldatas[k] = abi.encodeCall(dao.setDaoParam, (params[k], r[4 + k]));
        }
        description = "terms";
        vm.prank(proposer);
        uint256 id = dao.propose(targets, values, calldatas, description);
        passAndExecute(id);
        dao.returnStake(id);
    }

    function _checkStake(uint256 id, uint256[] memory r) private {
        uint256[3] memory before = [token.balanceOf(proposer), token.balanceOf(address(timelock)), token.totalSupply()];
        assertEq(dao.stakeOf(id).amount, r[4], "stake");
        dao.returnStake(id);
        assertEq(token.balanceOf(proposer) - before[0], r[8], "returned");
        assertEq(token.balanceOf(address(timelock)) - before[1], r[9], "kept");
        assertEq(before[2] - token.totalSupply(), r[10], "burned");
    }

    function _checkReward(uint256 id, uint256 expected) private {
        if (expected == 0) vm.expectRevert(abi.encodeWithSelector(DaoErrors.NothingToReward.selector, id));
        uint256 paid = dao.reward(id);
        if (expected != 0) assertEq(paid, expected, "reward");
    }
}
