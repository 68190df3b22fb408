// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {SafeCastLib} from "solady/utils/SafeCastLib.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {ErrorsLib} from "../libraries/ErrorsLib.sol";
import {NetworkManaged} from "./NetworkManaged.sol";
import {Curve, ILockedStake, Lock} from "./interfaces/ILockedStake.sol";
import {EmissionErrors} from "./libraries/EmissionErrors.sol";
import {LockMath} from "./libraries/LockMath.sol";

/// @title LockedStake
/// @notice See ILockedStake.
///
/// TRUST: registered staking contracts give locked stake back to who put it in, or burn it.
/// ROLES: governance registers staking contracts and sets the curve of later locks. Nobody touches a lock that is open or closed.
///
/// INVARIANTS
/// 1. The token held is at least the principal of all locks.
/// 2. Locked stake in existence is at most what all locks have left to burn.
contract LockedStake is ERC20, NetworkManaged, ILockedStake {
    using SafeCastLib for uint256;

    /// @dev Whether an account may be paid into, and whether it ever might.
    enum Standing {
        NONE,
        OPEN,
        CLOSED
    }

    uint256 private constant MIN_DURATION = 1 days;
    uint256 private constant MIN_BASE = 1 days;
    uint256 private constant MAX_BASE = 90 days;
    uint256 private constant MIN_MOST = 180 days;
    uint256 private constant MAX_MOST = 4 * 365 days;
    /// @dev Four times the stake is the most that a lock may weigh.
    uint256 private constant MAX_SLOPE = 30_000;

    /// @inheritdoc ILockedStake
    address public immutable token;

    /// @inheritdoc ILockedStake
    uint256 public lockCount;
    Curve private _curve;
    mapping(uint256 id => Lock lock) private _locks;
    mapping(address account => Standing standing) private _standingOf;

    /// @dev The curve is FLock's: 30 days 1.0x, 0.006 more a day, 365 days 3.01x.
    constructor(address authority_, address token_) ERC20("Fednode Locked Stake", "gmFDN") NetworkManaged(authority_) {
        require(token_.code.length != 0, EmissionErrors.NotAContract(token_));
        token = token_;
        _setCurve(Curve({base: 30 days, most: 365 days, slope: 21_900}));
    }

    /// @inheritdoc ILockedStake
    function lock(uint256 principal, uint256 duration) external returns (uint256 id, uint256 amount) {
        require(principal != 0, ErrorsLib.AmountZero());
        amount = amountFor(principal, duration);
        id = ++lockCount;
        uint40 unlockAt = uint40(block.timestamp + duration); // at most four years from now
        _locks[id] = Lock(msg.sender, unlockAt, principal.toUint128(), amount.toUint128());
        _mint(msg.sender, amount);
        emit LockOpened(id, msg.sender, principal, amount, unlockAt);
        SafeTransferLib.safeTransferFrom(token, msg.sender, address(this), principal);
    }

    /// @inheritdoc ILockedStake
    function redeem(uint256 id, uint256 amount) external returns (uint256 principal) {
        Lock storage held = _locks[id];
        require(held.owner == msg.sender, EmissionErrors.NotLockOwner(id, msg.sender));
        require(block.timestamp >= held.unlockAt, EmissionErrors.LockClosed(id, held.unlockAt));
        require(amount != 0, ErrorsLib.AmountZero());
        require(amount <= held.amount, EmissionErrors.LockAmount(id, amount, held.amount));
        principal = LockMath.principalDown(held.principal, held.amount, amount);
        held.principal -= uint128(principal); // at most what there is
        held.amount -= uint128(amount); // the same
        _burn(msg.sender, amount);
        emit LockRedeemed(id, msg.sender, principal, amount);
        SafeTransferLib.safeTransfer(token, msg.sender, principal);
    }

    /// @inheritdoc ILockedStake
    function burn(uint256 amount) external {
        _burn(msg.sender, amount);
    }

    /// @inheritdoc ILockedStake
    function setStakingContract(address account, bool open) external restricted {
        require(account.code.length != 0, EmissionErrors.NotAContract(account));
        _standingOf[account] = open ? Standing.OPEN : Standing.CLOSED;
        emit StakingContractSet(account, open);
    }

    /// @inheritdoc ILockedStake
    function setCurve(Curve calldata curve_) external restricted {
        _setCurve(curve_);
    }

    /// @inheritdoc ILockedStake
    function amountFor(uint256 principal, uint256 duration) public view returns (uint256) {
        Curve memory c = _curve;
        require(duration >= MIN_DURATION && duration <= c.most, EmissionErrors.LockDuration(duration, MIN_DURATION, c.most));
        return LockMath.amountDown(principal, duration, c.base, c.most, c.slope);
    }

    /// @inheritdoc ILockedStake
    function lockOf(uint256 id) external view returns (Lock memory) {
        return _locks[id];
    }

    /// @inheritdoc ILockedStake
    function curve() external view returns (Curve memory) {
        return _curve;
    }

    function _setCurve(Curve memory c) private {
        _checkRange(c.base, MIN_BASE, MAX_BASE);
        _checkRange(c.most, MIN_MOST, MAX_MOST);
        _checkRange(c.slope, 0, MAX_SLOPE);
        _curve = c;
        emit CurveSet(c.base, c.most, c.slope);
    }

    function _checkRange(uint256 value, uint256 min, uint256 max) private pure {
        require(value >= min && value <= max, EmissionErrors.CurveOutOfRange(value, min, max));
    }

    /// @dev Into open staking contracts, and out of any that ever was one; minted and burned by the functions above only.
    function _update(address from, address to, uint256 value) internal override {
        bool free =
            from == address(0) || to == address(0) || _standingOf[to] == Standing.OPEN || _standingOf[from] != Standing.NONE;
        require(free, EmissionErrors.TransferRestricted(from, to));
        super._update(from, to, value);
    }
}
