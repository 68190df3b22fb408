// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {ErrorsLib} from "../../../libraries/ErrorsLib.sol";
import {AllianceParams, AlliancePhase, AllianceTerms, IAlliance, Vote} from "../../../network/interfaces/IAlliance.sol";

import {AllianceErrors} from "../../../network/libraries/AllianceErrors.sol";
import {Roles} from "../../../network/libraries/Roles.sol";
import {AllianceBase} from "../../base/network/AllianceBase.sol";

/// @notice An alliance outside of its rounds: creation, who comes and goes, money in and out, what governance sets.
contract AllianceTest is AllianceBase {
    uint64 private constant GOVERNANCE_ROLE = 9;
    uint256 private constant STAKE = MIN_STAKE * 3 / 2;

    function setUp() external {
        startAlliance(4);
    }

    // --- creation
    function test_create_keepsTermsAndPool() external {
        AllianceTerms memory t = terms(6);
        vm.expectEmit(address(alliance));
        emit IAlliance.AllianceCreated(2, creator, t);
        assertEq(found(t), 2, "id");
        assertEq(alliance.alliances(), 2, "alliances");
        assertEq(keccak256(abi.encode(alliance.termsOf(2))), keccak256(abi.encode(t)), "terms");
        assertEq(alliance.allianceOf(2).creator, creator, "creator");
        assertEq(alliance.allianceOf(2).pool, POOL, "pool");
        assertEq(alliance.allianceOf(2).model, FIRST_MODEL, "model");
        assertEq(alliance.taskOf(2), uint256(uint160(address(alliance))) << 96 | 2, "task");
        assertEq(token.balanceOf(address(alliance)), 2 * uint256(POOL), "money");
    }

    function test_create_boundsTheTerms() external {
        string[20] memory fields = [
            "manifest",
            "model",
            "rounds",
            "rounds",
            "minParticipants",
            "minParticipants",
            "maxParticipants",
            "proposers",
            "voters",
            "voters",
            "contributeWindow",
            "contributeWindow",
            "commitWindow",
            "commitWindow",
            "revealWindow",
            "revealWindow",
            "minStake",
            "minStake",
            "",
            ""
        ];
        for (uint256 i = 0; i < 18; ++i) {
            AllianceTerms memory t = _wrong(i);
            vm.expectRevert(abi.encodeWithSelector(ErrorsLib.InvalidParam.selector, fields[i]));
            vm.prank(creator);
            alliance.create(t, POOL);
        }
    }

    function _wrong(uint256 i) private pure returns (AllianceTerms memory t) {
        t = terms(6);
        if (i == 0) t.manifest = 0;
        if (i == 1) t.model = 0;
        if (i == 2) t.rounds = 0;
        if (i == 3) t.rounds = 10_001;
        if (i == 4) t.minParticipants = 1;
        if (i == 5) (t.minParticipants, t.maxParticipants) = (9, 8);
        if (i == 6) t.maxParticipants = 65;
        if (i == 7) t.proposers = 0;
        if (i == 8) t.voters = 0;
        if (i == 9) (t.proposers, t.voters) = (32, 33);
        if (i == 10) t.contributeWindow = 19;
        if (i == 11) t.contributeWindow = 7 days + 1;
        if (i == 12) t.commitWindow = 19;
        if (i == 13) t.commitWindow = 1 days + 1;
        if (i == 14) t.revealWindow = 19;
        if (i == 15) t.revealWindow = 1 days + 1;
        if (i == 16) t.minStake = 0;
        if (i == 17) t.minStake = 100e18 - 1; // below the StakeManager's
    }

    function test_create_wantsAPool() external {
        vm.startPrank(creator);
        vm.expectRevert(abi.encodeWithSelector(AllianceErrors.PoolBelowMinimum.selector, 1_000e18 - 1, 1_000e18));
        alliance.create(terms(4), 1_000e18 - 1);
    }

    // --- who takes part
    function test_join_holdsTheStake() external {
        assertEq(alliance.participantsOf(id).length, 4, "participants");
        assertEq(stakes.positionOf(keyIn(nodes[0])).holds, 1, "held");
        vm.prank(nodes[0]);
        vm.expectRevert(abi.encodeWithSelector(AllianceErrors.AlreadyParticipates.selector, nodes[0]));
        alliance.join(id, PEER_KEY, BINDING);
    }

    /// By its peer key the others find and recognise a participant; what proves that it is its own is for them to check.
    function test_join_saysThePeerKey() external {
        address node = account("late");
        task = alliance.taskOf(id);
        stake(node, Roles.ALLIANCE, STAKE);
        assertEq(alliance.peerKeyOf(id, node), 0, "before");
        vm.startPrank(node);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.PeerKeyInvalid.selector));
        alliance.join(id, 0, BINDING);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.BindingLength.selector, 63));
        alliance.join(id, PEER_KEY, new bytes(63));
        vm.expectEmit(address(alliance));
        emit IAlliance.Joined(id, node, PEER_KEY, BINDING);
        alliance.join(id, PEER_KEY, BINDING);
        assertEq(alliance.peerKeyOf(id, node), PEER_KEY, "kept");
    }

    function test_join_wantsTheLeastStakeOfThisAlliance() external {
        address poor = account("poor");
        stake(poor, Roles.ALLIANCE, MIN_STAKE - 1);
        vm.prank(poor);
        vm.expectRevert(abi.encodeWithSelector(AllianceErrors.StakeBelowMinimum.selector, poor, MIN_STAKE - 1, MIN_STAKE));
        alliance.join(id, PEER_KEY, BINDING);
        // A stake for another task of the same contract is not one for this.
        uint256 other = found(terms(4));
        vm.prank(nodes[0]);
        vm.expectRevert(abi.encodeWithSelector(AllianceErrors.StakeBelowMinimum.selector, nodes[0], 0, MIN_STAKE));
        alliance.join(other, PEER_KEY, BINDING);
    }

    function test_join_stopsWhenFull() external {
        AllianceTerms memory t = terms(4);
        t.maxParticipants = 4;
        id = found(t);
        for (uint256 i = 0; i < 4; ++i) {
            addNode(string.concat("full-", vm.toString(i)), STAKE);
        }
        address late = account("late");
        task = alliance.taskOf(id);
        stake(late, Roles.ALLIANCE, STAKE);
        vm.prank(late);
        vm.expectRevert(abi.encodeWithSelector(AllianceErrors.AllianceFull.selector, 4));
        alliance.join(id, PEER_KEY, BINDING);
    }

    function test_join_refusesAnAllianceThatIsOver() external {
        vm.warp(now_().until + 30 days);
        alliance.advance(id);
        address late = account("late");
        stake(late, Roles.ALLIANCE, STAKE);
        vm.prank(late);
        vm.expectRevert(abi.encodeWithSelector(AllianceErrors.AllianceFinished.selector, id));
        alliance.join(id, PEER_KEY, BINDING);
    }

    function test_resign_betweenRoundsIsAtOnce() external {
        vm.prank(nodes[1]);
        alliance.resign(id);
        address[] memory left = alliance.participantsOf(id);
        assertEq(left.length, 3, "participants");
        assertTrue(left[0] == nodes[0] && left[1] == nodes[3] && left[2] == nodes[2], "the last took its place");
        assertEq(stakes.positionOf(keyIn(nodes[1])).holds, 0, "released");
        vm.prank(nodes[1]);
        vm.expectRevert(abi.encodeWithSelector(AllianceErrors.NotAParticipant.selector, nodes[1]));
        alliance.resign(id);
        // The one who took its place is still known, and the one who left can come back.
        vm.prank(nodes[3]);
        alliance.resign(id);
        vm.prank(nodes[1]);
        alliance.join(id, PEER_KEY, BINDING);
        assertEq(alliance.participantsOf(id)[2], nodes[1], "back");
    }

    /// Whoever leaves in the middle of a round still has its duty, and is let go when the next is opened.
    function test_resign_duringARoundWaitsForItsEnd() external {
        drawRound("seed");
        address who = proposer(0);
        vm.prank(who);
        alliance.resign(id);
        assertEq(stakes.positionOf(keyIn(who)).holds, 1, "held");
        vm.warp(now_().until);
        alliance.advance(id);
        assertEq(stakeIn(who), STAKE - penaltyOf(STAKE, PENALTY_BPS), "and penalised");
        vm.warp(now_().until);
        alliance.advance(id);
        assertTrue(now_().phase == AlliancePhase.Drawing, "goes on with three");
        assertEq(now_().participants, 3, "three");
        assertEq(stakes.positionOf(keyIn(who)).holds, 0, "released");
    }

    function test_open_wantsEnoughParticipants() external {
        AllianceTerms memory t = terms(4);
        t.minParticipants = 3;
        id = found(t);
        addNode("first", STAKE);
        address second = addNode("second", STAKE);
        vm.warp(block.timestamp + REST);
        vm.expectRevert(abi.encodeWithSelector(AllianceErrors.TooFewParticipants.selector, 2, 3));
        alliance.advance(id);
        addNode("third", STAKE);
        alliance.advance(id);
        assertTrue(now_().phase == AlliancePhase.Drawing, "drawing");
        assertTrue(second != address(0), "second");
    }

    /// Opening lets go whose stake is gone, even where that leaves too few to open.
    function test_open_letsGoWhoHasTooLittle() external {
        vm.prank(nodes[0]);
        stakes.unstake(Roles.ALLIANCE, task, STAKE);
        alliance.advance(id);
        assertEq(now_().participants, 3, "three are left");
        assertEq(stakes.positionOf(keyIn(nodes[0])).holds, 0, "released");
        AllianceTerms memory t = terms(4);
        id = found(t);
        task = alliance.taskOf(id);
        addNode("first", STAKE);
        address second = addNode("second", STAKE);
        vm.warp(block.timestamp + REST);
        vm.prank(second);
        stakes.unstake(Roles.ALLIANCE, task, STAKE);
        alliance.advance(id);
        assertTrue(now_().phase == AlliancePhase.Idle, "idle");
        assertEq(now_().participants, 1, "one is left");
    }

    // --- money
    function test_fund_raisesThePotOfRoundsToCome() external {
        vm.expectEmit(address(alliance));
        emit IAlliance.AllianceFunded(id, creator, 2_000e18, POOL + 2_000e18);
        vm.startPrank(creator);
        alliance.fund(id, 2_000e18);
        assertEq(alliance.potOf(id), (uint256(POOL) + 2_000e18) / 20, "pot");
        assertEq(alliance.fundedOf(id, creator), POOL + 2_000e18, "funded");
        vm.expectRevert(ErrorsLib.AmountZero.selector);
        alliance.fund(id, 0);
        vm.expectRevert(abi.encodeWithSelector(AllianceErrors.UnknownAlliance.selector, 9));
        alliance.fund(9, 1);
    }

    function test_claim_paysThePositionAndItsDelegatorsOnce() external {
        _play();
        address who = nodes[0];
        uint256 earned = alliance.earnedOf(id, who);
        assertEq(earned, uint256(POOL) / 20 / 4, "earned");
        alliance.claim(id, who);
        assertEq(alliance.earnedOf(id, who), 0, "claimed");
        assertEq(stakes.earnedOf(who), earned, "its own");
        vm.expectRevert(abi.encodeWithSelector(AllianceErrors.NothingOwed.selector, id, who));
        alliance.claim(id, who);
    }

    function test_refund_returnsWhatWasNotSpentInProportion() external {
        address friend = account("friend");
        token.transfer(friend, 5_000e18);
        vm.startPrank(friend);
        token.approve(address(alliance), 5_000e18);
        alliance.fund(id, 5_000e18);
        vm.stopPrank();
        vm.expectRevert(abi.encodeWithSelector(AllianceErrors.AllianceRunning.selector, id));
        alliance.refund(id, friend);
        _play();
        vm.warp(now_().until + 30 days);
        alliance.advance(id);
        uint256 left = 15_000e18 - 15_000e18 / 20;
        assertEq(alliance.refund(id, friend), left / 3, "a third");
        assertEq(alliance.refund(id, creator), left * 2 / 3, "two thirds");
        assertEq(token.balanceOf(friend), left / 3, "paid");
        vm.expectRevert(abi.encodeWithSelector(AllianceErrors.NothingOwed.selector, id, friend));
        alliance.refund(id, friend);
        assertEq(alliance.potOf(id), 0, "no pot any more");
        vm.prank(creator);
        vm.expectRevert(abi.encodeWithSelector(AllianceErrors.AllianceFinished.selector, id));
        alliance.fund(id, 1e18);
        // What was earned is still there, and whoever took part can go.
        assertTrue(alliance.claim(id, nodes[1]) != 0, "claimed");
        vm.prank(nodes[1]);
        alliance.resign(id);
    }

    function test_collectEmission_addsWhatTheTaskWasGiven() external {
        vm.expectRevert(AllianceErrors.NoEmission.selector);
        alliance.collectEmission(id);
        EmissionStub stub = new EmissionStub(address(token));
        token.transfer(address(stub), 700e18);
        _govern();
        alliance.setSources(address(stub), treasury);
        stub.set(alliance.taskOf(id), 700e18);
        assertEq(alliance.collectEmission(id), 700e18, "amount");
        assertEq(now_().pool, POOL + 700e18, "pool");
        assertEq(alliance.fundedOf(id, treasury), 700e18, "whose it is");
        vm.expectRevert(ErrorsLib.AmountZero.selector);
        alliance.collectEmission(id);
        // An emission that says more than it pays.
        stub.set(alliance.taskOf(id), 5e18);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.UnderReceived.selector, 5e18, 0));
        alliance.collectEmission(id);
    }

    // --- governance
    function test_setParams_onlyGovernanceInsideBounds() external {
        AllianceParams memory p = governed();
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(this)));
        alliance.setParams(p);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(this)));
        alliance.setSources(address(1), address(2));
        _govern();
        p.outlierBps = 200;
        alliance.setParams(p);
        assertEq(alliance.params().outlierBps, 200, "set");
        string[7] memory fields = ["drawMargin", "drawMargin", "restWindow", "missedBps", "missedBps", "outlierBps", "outlierBps"];
        for (uint256 i = 0; i < 8; ++i) {
            p = governed();
            if (i == 0) p.drawMargin = 5;
            if (i == 1) p.drawMargin = 1 hours + 1;
            if (i == 2) p.restWindow = 7 days + 1;
            if (i == 3) p.missedBps = 0;
            if (i == 4) p.missedBps = 501;
            if (i == 5) p.outlierBps = 0;
            if (i == 6) p.outlierBps = 201;
            if (i == 7) p.minPool = 10_000_000e18 + 1;
            vm.expectRevert(abi.encodeWithSelector(ErrorsLib.InvalidParam.selector, i == 7 ? "minPool" : fields[i]));
            alliance.setParams(p);
        }
    }

    function _play() private {
        playAllianceRound("seed", Vote(keccak256("model 1"), 1, 3, 2, 1));
    }

    /// @dev This test may govern from here on.
    function _govern() private {
        bytes4[] memory selectors = new bytes4[](2);
        (selectors[0], selectors[1]) = (alliance.setParams.selector, alliance.setSources.selector);
        allow(GOVERNANCE_ROLE, address(this), address(alliance), selectors);
    }
}

/// @notice Owes a task what it is told, and pays what it has.
contract EmissionStub {
    address private immutable TOKEN;
    mapping(uint256 task => uint256) public owedTo;

    constructor(address token) {
        TOKEN = token;
    }

    function set(uint256 task, uint256 amount) external {
        owedTo[task] = amount;
    }

    function collect(uint256 task) external returns (uint256 amount) {
        amount = owedTo[task];
        owedTo[task] = 0;
        (bool ok, bytes memory data) = TOKEN.call(abi.encodeWithSignature("balanceOf(address)", address(this)));
        uint256 held = abi.decode(data, (uint256));
        if (ok && held >= amount) (ok,) = TOKEN.call(abi.encodeWithSignature("transfer(address,uint256)", msg.sender, amount));
    }
}
