// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "solady/tokens/ERC20.sol";
import {LibString} from "solady/utils/LibString.sol";
import {SafeCastLib} from "solady/utils/SafeCastLib.sol";

import {CloneArgs} from "./CloneArgs.sol";
import {IClientToken} from "./interfaces/IClientToken.sol";
import {IScenario} from "./interfaces/IScenario.sol";
import {ErrorsLib} from "./libraries/ErrorsLib.sol";
import {StreamMath} from "./libraries/StreamMath.sol";

/// @title ClientToken
/// @notice Fixed supply, handed out once, never minted or burned again. It keeps the account side of the stream ledger beside the
/// balance, so that a transfer writes one slot per party; the Scenario keeps the accumulators.
///
/// TRUST: the Scenario, which alone created it, initializes and settles. Nobody can move a holder's tokens without allowance.
///
/// INVARIANTS
/// 1. Balances sum to `totalSupply`.
/// 2. A move at accumulator `acc` changes nobody's entitlement at `acc`.
/// 3. An account's entitlement, in whole wei, is never negative.
contract ClientToken is ERC20, CloneArgs, IClientToken {
    using SafeCastLib for uint256;
    using SafeCastLib for int256;

    /// @dev Layout of the immutable arguments, packed. The Scenario comes first, then the index: a move reads both as one word.
    uint256 private constant INDEX_AT = 20;
    uint256 private constant CONTROLLER_AT = 22;
    uint256 private constant PEER_KEY_AT = 42;
    uint256 private constant SUPPLY_AT = 74;
    uint256 private constant NAME_AT = 86;
    uint256 private constant MAX_NAME_BYTES = 40;

    /// @dev |correction| <= 2^155, see StreamMath.
    struct Holding {
        uint96 balance;
        int160 correction;
    }

    mapping(address holder => Holding) private _holdings;

    modifier onlyScenario() {
        require(msg.sender == scenario(), ErrorsLib.NotScenario(msg.sender));
        _;
    }

    /// @inheritdoc IClientToken
    function initialize(address[3] calldata holders, uint256[3] calldata amounts) external onlyScenario {
        for (uint256 i = 0; i < 3; ++i) {
            if (amounts[i] == 0) continue;
            // Additive: one account may be controller and federator.
            _holdings[holders[i]].balance += amounts[i].toUint96();
            emit Transfer(address(0), holders[i], amounts[i]);
        }
    }

    /// @inheritdoc IClientToken
    function settle(address holder, uint256 acc) external onlyScenario returns (uint256 amount) {
        Holding memory h = _holdings[holder];
        amount = StreamMath.entitledDown(acc, h.balance, h.correction);
        if (amount == 0) return 0;
        // amount <= 2^90, so the shifted amount fits int256.
        _holdings[holder].correction = (int256(h.correction) - int256(amount << StreamMath.SCALE_BITS)).toInt160();
    }

    /// @inheritdoc ERC20
    function transfer(address to, uint256 amount) public override returns (bool) {
        _move(msg.sender, to, amount);
        return true;
    }

    /// @inheritdoc ERC20
    function transferFrom(address from, address to, uint256 amount) public override returns (bool) {
        _spendAllowance(from, msg.sender, amount);
        _move(from, to, amount);
        return true;
    }

    function _move(address from, address to, uint256 amount) private {
        uint256 word = _word(0);
        address home = address(uint160(word >> 96));
        // Tokens sent to nobody, to this contract or back to the Scenario would earn for nobody.
        require(to != address(0) && to != address(this) && to != home, ErrorsLib.InvalidRecipient(to));
        Holding storage sender = _holdings[from];
        (uint256 balance, int256 correction) = (sender.balance, sender.correction);
        require(balance >= amount, InsufficientBalance());
        uint256 acc = IScenario(home).onTokenMove(msg.sender, from, amount, to, uint16(word >> 80));
        if (from != to) {
            // The product is <= 2^154 because amount <= supply; no balance can pass the supply, which is a uint96.
            int256 moved = int256(acc * amount);
            _holdings[from] = Holding(uint96(balance - amount), (correction + moved).toInt160());
            Holding storage receiver = _holdings[to];
            (balance, correction) = (receiver.balance, receiver.correction);
            _holdings[to] = Holding(uint96(balance + amount), (correction - moved).toInt160());
        }
        emit Transfer(from, to, amount);
    }

    // --- views
    /// @inheritdoc IClientToken
    function earned(address holder) external view returns (uint256) {
        return IScenario(scenario()).owed(uint16(_word(INDEX_AT) >> 240), holder);
    }

    /// @inheritdoc IClientToken
    function accountOf(address holder) external view returns (uint256, int256) {
        Holding memory h = _holdings[holder];
        return (h.balance, h.correction);
    }

    /// @inheritdoc ERC20
    function balanceOf(address holder) public view override returns (uint256) {
        return _holdings[holder].balance;
    }

    /// @inheritdoc ERC20
    function totalSupply() public view override returns (uint256) {
        return _word(SUPPLY_AT) >> 160;
    }

    /// @inheritdoc IClientToken
    function name() public view override(ERC20, IClientToken) returns (string memory) {
        return string(_args(NAME_AT, NAME_AT + MAX_NAME_BYTES));
    }

    /// @inheritdoc ERC20
    function symbol() public view override returns (string memory) {
        return LibString.upper(name());
    }

    /// @inheritdoc IClientToken
    function scenario() public view returns (address) {
        return address(uint160(_word(0) >> 96));
    }

    /// @inheritdoc IClientToken
    function controller() external view returns (address) {
        return address(uint160(_word(CONTROLLER_AT) >> 96));
    }

    /// @inheritdoc IClientToken
    function peerKey() external view returns (bytes32) {
        return bytes32(_word(PEER_KEY_AT));
    }

    /// @inheritdoc IClientToken
    function index() external view returns (uint16) {
        return uint16(_word(INDEX_AT) >> 240);
    }

    /// @dev No standing allowance for Permit2: a holder grants every allowance himself.
    function _givePermit2InfiniteAllowance() internal pure override returns (bool) {
        return false;
    }
}
