// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {VotingErrors} from "../../../network/libraries/VotingErrors.sol";
import {TestBase} from "../../base/TestBase.sol";
import {BallotBox} from "../../mocks/network/BallotBox.sol";

/// @notice Attacks 38 and 39 of CONTRACTS.md 3: copied votes, and a minority with a lot of stake.
contract VotingAttackTest is TestBase {
    BallotBox private box;

    function setUp() external {
        box = new BallotBox();
        box.setItems(1);
    }

    function _one(uint16 score) private pure returns (uint16[] memory scores) {
        scores = new uint16[](1);
        scores[0] = score;
    }

    /// Attack 38: the copy of a commitment cannot be opened, not even with the scores and the salt that its owner has shown.
    function test_attack_38_aCopiedCommitmentOpensForItsOwnerOnly() external {
        (address owner, address thief) = (account("owner"), account("thief"));
        box.seat(owner, 10);
        box.seat(thief, 10);
        bytes32 commitment = box.commitmentOf(owner, _one(77), "salt");
        vm.prank(owner);
        box.commit(0, commitment);
        vm.prank(thief);
        box.commit(1, commitment);
        vm.prank(owner);
        box.reveal(0, _one(77), "salt");
        bytes32 given = box.commitmentOf(thief, _one(77), "salt");
        vm.prank(thief);
        vm.expectRevert(abi.encodeWithSelector(VotingErrors.CommitmentMismatch.selector, given, commitment));
        box.reveal(1, _one(77), "salt");
    }

    /// Attack 38: a commitment that names another is not that one's to open: a seat speaks by its own voter only.
    function test_attack_38_nobodyOpensTheSeatOfAnother() external {
        (address owner, address friend) = (account("owner"), account("friend"));
        box.seat(owner, 10);
        box.seat(friend, 10);
        bytes32 commitment = box.commitmentOf(friend, _one(77), "salt");
        vm.prank(owner);
        box.commit(0, commitment);
        vm.prank(friend);
        vm.expectRevert(abi.encodeWithSelector(VotingErrors.NotSeated.selector, friend, 0));
        box.reveal(0, _one(77), "salt");
    }

    /// Attack 38: nor does another ballot's contract take it.
    function test_attack_38_aCommitmentBelongsToItsContract() external {
        BallotBox other = new BallotBox();
        address owner = account("owner");
        assertTrue(
            box.commitmentOf(owner, _one(7), "salt") != other.commitmentOf(owner, _one(7), "salt"), "the same in two contracts"
        );
    }

    /// Attack 39: a voter with nearly half of all stake cannot move the consensus away from three who agree, whatever it says.
    function testFuzz_attack_39_aBriberWithNearlyHalfMovesNothing(uint16 lie, uint96 stake) external view {
        uint256[] memory scores = new uint256[](4);
        uint96[] memory weights = new uint96[](4);
        uint256 honest = bound(stake, 1_000, 1e27);
        (scores[0], weights[0]) = (bound(lie, 0, 10_000), uint96(honest * 3 - 1));
        for (uint256 i = 1; i < 4; ++i) {
            (scores[i], weights[i]) = (4_321, uint96(honest));
        }
        assertEq(box.consensus(scores, weights), 4_321, "consensus");
    }

    /// Attack 39: a simulation. Ten of equal stake, four of them lie together in the same direction: honest scores scatter by 200, and
    /// the consensus stays within that scatter in all of 500 rounds.
    function test_attack_39_fourOfTenLiarsStayWithinHonestScatter() external view {
        uint256[] memory scores = new uint256[](10);
        uint96[] memory weights = new uint96[](10);
        for (uint256 round = 0; round < 500; ++round) {
            for (uint256 i = 0; i < 10; ++i) {
                weights[i] = 1e18;
                scores[i] = i < 4 ? 10_000 : 6_000 + uint256(keccak256(abi.encode(round, i))) % 200;
            }
            uint256 agreed = box.consensus(scores, weights);
            assertTrue(agreed >= 6_000 && agreed < 6_200, "moved");
        }
    }
}
