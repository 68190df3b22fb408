// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {TaskEmission} from "../../../network/TaskEmission.sol";
import {
    Asset,
    DelegationView,
    Parameter,
    PoolView,
    PositionView,
    Reason,
    ThawView
} from "../../../network/interfaces/IStakeManager.sol";
import {StakeBase} from "../../base/network/StakeBase.sol";

/// @notice Two operators and three delegators (one of them the other operator) do at random what they may, the arena rewards and slashes
/// as it likes, days pass, emission is minted and given away. No call reverts: amounts are bounded to what must work.
contract StakeHandler is StakeBase {
    uint256 private constant OPERATORS = 2;
    uint256 private constant DELEGATORS = 3;
    uint256 private constant MAX_STAKE = 100_000e18;
    uint256 private constant MAX_REQUESTS = 32;

    struct Price {
        uint256 tokens;
        uint256 shares;
        uint256 nonce;
    }

    TaskEmission public tasks;
    address[OPERATORS] public operators;
    address[DELEGATORS] public delegators;
    uint256 public steps;
    uint256 public slashes;
    uint256 public gifts;
    uint256 public burned;
    /// @notice Emission that was split over tasks.
    uint256 public distributed;
    Price[OPERATORS * 4] private _prices;

    constructor() {
        deployStakes();
        operators = [operator, account("second")];
        delegators = [delegator, account("third"), operators[1]];
        setParameter(Parameter.DELEGATOR_CAP, 10_000);
        setParameter(Parameter.CLAIM_FEE, 37);
        bytes memory args = abi.encode(address(manager), address(emission), address(stakes));
        tasks = TaskEmission(deployBuilt("TaskEmission", args));
        vm.prank(governor);
        emission.setRecipients(oneRecipient(address(tasks)));
        allow(ARENA_ROLE, arena, address(tasks), only(tasks.addTask.selector));
        vm.prank(arena);
        tasks.addTask(task);
        give(arena, 100_000_000e18);
        for (uint256 i = 0; i < OPERATORS; ++i) {
            give(operators[i], 10_000_000e18);
            give(delegators[i], 10_000_000e18);
            vm.startPrank(operators[i]);
            stakes.stake(NODE, task, OWN);
            stakes.setCommission(keyAt(i), uint16(1_000 * i));
            vm.stopPrank();
        }
    }

    /// @dev Prices before and after a step: they never fall but by a slash.
    modifier step() {
        ++steps;
        uint256 before = slashes;
        _notePrices();
        _;
        if (slashes == before) _checkPrices();
    }

    // --- operators
    function stake(uint256 who, uint256 amount, bool locked) external step {
        who %= OPERATORS;
        amount = bound(amount, OWN, MAX_STAKE);
        Asset asset = _have(operators[who], amount, locked);
        vm.prank(operators[who]);
        if (asset == Asset.PLAIN) stakes.stake(NODE, task, amount);
        else stakes.stakeLocked(NODE, task, amount);
    }

    function unstake(uint256 who, uint256 amount, bool locked) external step {
        who %= OPERATORS;
        Asset asset = locked ? Asset.LOCKED : Asset.PLAIN;
        uint256 tokens = stakes.ownStakeOf(keyAt(who), asset).tokens;
        if (tokens == 0 || _full(who, asset, operators[who])) return;
        amount = bound(amount, 1, tokens);
        vm.prank(operators[who]);
        if (locked) stakes.unstakeLocked(NODE, task, amount);
        else stakes.unstake(NODE, task, amount);
    }

    function setCommission(uint256 who, uint256 bps) external step {
        who %= OPERATORS;
        PositionView memory p = stakes.positionOf(keyAt(who));
        vm.prank(operators[who]);
        stakes.setCommission(keyAt(who), uint16(bound(bps, 0, p.commission)));
    }

    // --- delegators
    function delegate(uint256 to, uint256 who, uint256 amount, bool locked) external step {
        (to, who) = (to % OPERATORS, who % DELEGATORS);
        if (delegators[who] == operators[to]) return;
        amount = bound(amount, 1e18, MAX_STAKE);
        Asset asset = _have(delegators[who], amount, locked);
        vm.prank(delegators[who]);
        if (asset == Asset.PLAIN) stakes.delegate(operators[to], NODE, task, amount, 0);
        else stakes.delegateLocked(operators[to], NODE, task, amount, 0);
    }

    function activate(uint256 to, uint256 who, bool locked) external step {
        (to, who) = (to % OPERATORS, who % DELEGATORS);
        Asset asset = locked ? Asset.LOCKED : Asset.PLAIN;
        DelegationView memory d = stakes.delegationOf(keyAt(to), asset, delegators[who]);
        if (d.pending == 0) return;
        if (block.timestamp < d.activeFrom) vm.warp(d.activeFrom);
        stakes.activate(keyAt(to), asset, delegators[who]);
    }

    function cancel(uint256 to, uint256 who, bool locked) external step {
        (to, who) = (to % OPERATORS, who % DELEGATORS);
        Asset asset = locked ? Asset.LOCKED : Asset.PLAIN;
        if (stakes.delegationOf(keyAt(to), asset, delegators[who]).pending == 0) return;
        vm.prank(delegators[who]);
        stakes.cancelDelegation(keyAt(to), asset);
    }

    function undelegate(uint256 to, uint256 who, uint256 shares, bool locked) external step {
        (to, who) = (to % OPERATORS, who % DELEGATORS);
        Asset asset = locked ? Asset.LOCKED : Asset.PLAIN;
        DelegationView memory d = stakes.delegationOf(keyAt(to), asset, delegators[who]);
        if (d.tokens == 0 || _full(to, asset, delegators[who])) return;
        // So many that they are worth a wei at least.
        shares = bound(shares, d.shares / d.tokens + 1, d.shares);
        if (shares < d.shares / 1e9) shares = d.shares;
        vm.prank(delegators[who]);
        if (locked) stakes.undelegateLocked(keyAt(to), shares);
        else stakes.undelegate(keyAt(to), shares);
    }

    function withdraw(uint256 to, uint256 who, uint256 max, bool locked) external step {
        to %= OPERATORS;
        address owner = who % 4 == 3 ? operators[to] : delegators[who % 4];
        Asset asset = locked ? Asset.LOCKED : Asset.PLAIN;
        ThawView[] memory thaws = stakes.thawsOf(keyAt(to), asset, owner);
        if (thaws.length == 0) return;
        if (block.timestamp < thaws[0].readyAt) vm.warp(thaws[0].readyAt);
        vm.prank(owner);
        if (locked) stakes.withdrawLocked(keyAt(to), bound(max, 1, 5));
        else stakes.withdraw(keyAt(to), bound(max, 1, 5));
    }

    function claim(uint256 who, uint256 to) external step {
        address account_ = who % 3 == 2 ? reporter : operators[who % 3];
        if (stakes.earnedOf(account_) != 0) stakes.claim(account_);
        stakes.claimLocked(keyAt(to % OPERATORS), delegators[who % DELEGATORS]);
    }

    // --- the arena
    function rewardSome(uint256 to, uint256 amount) external step {
        vm.prank(arena);
        stakes.reward(keyAt(to % OPERATORS), bound(amount, 1, 10_000e18));
    }

    function slashSome(uint256 to, uint256 amount, uint256 reason, bool all) external step {
        bytes32 key_ = keyAt(to % OPERATORS);
        ++slashes;
        uint256 before = stakes.slashableOf(key_);
        amount = all ? type(uint256).max : bound(amount, 0, MAX_STAKE);
        vm.prank(arena);
        (uint256 self,) = stakes.slash(key_, amount, Reason(reason % 4), reporter);
        assertEq(stakes.slashableOf(key_), before - self, "what is left");
        if (all && reason % 4 == 3) assertEq(stakes.slashableOf(key_), 0, "nothing escapes a full slash");
    }

    function sweep() external step {
        (uint256 b,) = stakes.sweep();
        burned += b;
    }

    // --- everybody
    function gift(uint256 amount) external step {
        amount = bound(amount, 1, 1_000e18);
        token.transfer(address(stakes), amount);
        gifts += amount;
    }

    function pass(uint256 time) external step {
        vm.warp(block.timestamp + bound(time, 1, 5 days));
    }

    function emitDays(uint256 max) external step {
        emission.emitDays(bound(max, 0, 40));
    }

    function distribute() external step {
        if (block.timestamp < uint256(tasks.distributedAt()) + 1 days) vm.warp(block.timestamp + 1 days);
        uint256 carried = tasks.carried();
        distributed += tasks.distribute() - carried;
        vm.prank(arena);
        tasks.collect(task);
    }

    function collect() external step {
        emission.collect(address(tasks));
    }

    // --- readings
    function keyAt(uint256 i) public view returns (bytes32) {
        // Not by a call: that would use up a prank.
        return keccak256(abi.encode(operators[i], NODE, task));
    }

    function parts() external view returns (address token_, address gm_, address stakes_, address emission_, uint256 task_) {
        return (address(token), address(gm), address(stakes), address(emission), task);
    }

    /// @notice Lets all rewards arrive, so that stored stake is what views say.
    function letAllArrive() external {
        for (uint256 i = 0; i < OPERATORS; ++i) {
            vm.prank(arena);
            stakes.reward(keyAt(i), 1);
        }
    }

    /// @notice All that the StakeManager owes in NetworkToken.
    function owed() external view returns (uint256 sum) {
        for (uint256 i = 0; i < OPERATORS; ++i) {
            sum += _sideOf(stakes.ownStakeOf(keyAt(i), Asset.PLAIN)) + _sideOf(stakes.poolOf(keyAt(i), Asset.PLAIN));
            sum += stakes.poolOf(keyAt(i), Asset.LOCKED).streaming;
            for (uint256 k = 0; k < DELEGATORS; ++k) {
                sum += stakes.delegationOf(keyAt(i), Asset.PLAIN, delegators[k]).pending;
                sum += stakes.delegationOf(keyAt(i), Asset.LOCKED, delegators[k]).earned;
            }
            sum += stakes.earnedOf(operators[i]);
        }
        (uint256 toBurn, uint256 toTreasury,) = stakes.spoils();
        sum += stakes.earnedOf(reporter) + toBurn + toTreasury;
    }

    /// @notice All that it owes in LockedStake.
    function owedLocked() external view returns (uint256 sum) {
        for (uint256 i = 0; i < OPERATORS; ++i) {
            PoolView memory own = stakes.ownStakeOf(keyAt(i), Asset.LOCKED);
            PoolView memory pool = stakes.poolOf(keyAt(i), Asset.LOCKED);
            sum += own.tokens + own.thawing + pool.tokens + pool.thawing;
            for (uint256 k = 0; k < DELEGATORS; ++k) {
                sum += stakes.delegationOf(keyAt(i), Asset.LOCKED, delegators[k]).pending;
            }
        }
        (,, uint256 lockedToBurn) = stakes.spoils();
        sum += lockedToBurn;
    }

    /// @notice Active stake of both positions.
    function active() external view returns (uint256 sum) {
        for (uint256 i = 0; i < OPERATORS; ++i) {
            for (uint256 a = 0; a < 2; ++a) {
                sum += stakes.ownStakeOf(keyAt(i), Asset(a)).tokens + stakes.poolOf(keyAt(i), Asset(a)).tokens;
            }
        }
    }

    /// @notice Whether delegators' shares sum to their pools', and requests to what thaws.
    function checkShares() external view {
        for (uint256 i = 0; i < OPERATORS; ++i) {
            for (uint256 a = 0; a < 2; ++a) {
                PoolView memory pool = stakes.poolOf(keyAt(i), Asset(a));
                uint256 shares;
                uint256 worth;
                uint256 thawing;
                for (uint256 k = 0; k < DELEGATORS; ++k) {
                    DelegationView memory d = stakes.delegationOf(keyAt(i), Asset(a), delegators[k]);
                    shares += d.shares;
                    worth += d.tokens;
                    thawing += delegators[k] == operators[i] ? 0 : _thawing(i, Asset(a), delegators[k]);
                }
                assertEq(shares, pool.shares, "shares");
                assertLe(worth, pool.tokens, "delegations are covered");
                assertLe(thawing, pool.thawing, "requests are covered");
                assertLe(_thawing(i, Asset(a), operators[i]), stakes.ownStakeOf(keyAt(i), Asset(a)).thawing, "own requests");
            }
        }
    }

    /// @notice Principal and locked stake of all locks.
    function locks() external view returns (uint256 principal, uint256 amount) {
        for (uint256 id = 1; id <= gm.lockCount(); ++id) {
            principal += gm.lockOf(id).principal;
            amount += gm.lockOf(id).amount;
        }
    }

    function _thawing(uint256 i, Asset asset, address owner) private view returns (uint256 sum) {
        ThawView[] memory thaws = stakes.thawsOf(keyAt(i), asset, owner);
        for (uint256 k = 0; k < thaws.length; ++k) {
            sum += thaws[k].tokens;
        }
    }

    function _full(uint256 i, Asset asset, address owner) private view returns (bool) {
        return stakes.thawsOf(keyAt(i), asset, owner).length == MAX_REQUESTS;
    }

    function _sideOf(PoolView memory pool) private pure returns (uint256) {
        return pool.tokens + pool.thawing + pool.streaming;
    }

    /// @dev Sees to it that `who` has so much of an asset.
    function _have(address who, uint256 amount, bool locked) private returns (Asset) {
        if (token.balanceOf(who) < amount) token.transfer(who, amount);
        if (!locked) return Asset.PLAIN;
        if (gm.balanceOf(who) < amount) {
            vm.prank(who);
            gm.lock(amount, 200 days);
        }
        return Asset.LOCKED;
    }

    function _notePrices() private {
        for (uint256 i = 0; i < _prices.length; ++i) {
            _prices[i] = _priceAt(i);
        }
    }

    function _checkPrices() private view {
        for (uint256 i = 0; i < _prices.length; ++i) {
            Price memory before = _prices[i];
            Price memory now_ = _priceAt(i);
            assertEq(now_.nonce, before.nonce, "nonces grow by slashes only");
            uint256 old = (before.tokens + 1) * (now_.shares + 1e6);
            assertLe(old, (now_.tokens + 1) * (before.shares + 1e6), "a price fell without a slash");
        }
    }

    /// @dev Of the active and the thawing part of each pool.
    function _priceAt(uint256 i) private view returns (Price memory price) {
        PoolView memory pool = stakes.poolOf(keyAt(i / 4), Asset(i / 2 % 2));
        if (i % 2 == 0) return Price(pool.tokens, pool.shares, pool.nonce);
        return Price(pool.thawing, pool.thawShares, pool.thawNonce);
    }
}
