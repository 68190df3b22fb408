// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SafeCastLib} from "solady/utils/SafeCastLib.sol";

import {FamilyLock} from "./FamilyLock.sol";
import {ScenarioArgs} from "./ScenarioArgs.sol";
import {IClientToken} from "./interfaces/IClientToken.sol";
import {IScenarioPool} from "./interfaces/IMeanPool.sol";
import {IScenario, Ledger} from "./interfaces/IScenario.sol";
import {ErrorsLib} from "./libraries/ErrorsLib.sol";
import {StreamMath} from "./libraries/StreamMath.sol";
import {TokenAddress} from "./libraries/TokenAddress.sol";

/// @notice The stream ledger of CONTRACTS.md 2.4. Per token: an accumulator that grows linearly over the stream window. Per account: a
/// correction, kept in the ClientToken. For everything the pool holds: two numbers, A (`_past.earned`) and B (`_clock.poolRate`), with
/// entitlement A + B * elapsed, scaled by 2^64.
///
/// A round that is settled in several pages stops the clock at its first page and starts it again at its last; tokens whose turn has
/// come hold their new rate and no elapsed time, the others the old rate and the elapsed time at the stop.
abstract contract StreamLedger is FamilyLock, ScenarioArgs {
    using SafeCastLib for uint256;
    using SafeCastLib for int256;

    /// @dev One slot per token.
    struct Stream {
        /// Accumulator at the start of the running stream. <= 2^95.
        uint96 base;
        /// Per second and token wei. <= 2^89.
        uint96 rate;
        /// Issuance weight less one: clients of equal issuance need not write it when they register.
        uint8 extra;
    }

    /// @dev One slot: all that a move has to know beside its token's stream.
    struct Clock {
        /// B: rates times what the pool holds, summed over tokens. <= 2^154 / 60.
        uint152 poolRate;
        uint40 start;
        uint24 window;
        /// Elapsed time at the stop, while settling.
        uint24 stopped;
        /// Next token to be settled, plus one, while settling; 0 otherwise.
        uint16 turn;
    }

    /// @dev One slot, because a swap reads both.
    struct Past {
        /// A. |A| <= 2^155.
        int160 earned;
        /// End of the guardian's last pause, in Unix seconds.
        uint40 pausedUntil;
    }

    /// @dev What was promised to streams, in wei, less what came back as remainder; and the scaled remainder below one wei.
    struct Promised {
        uint96 total;
        uint96 poolDrawn;
        uint64 dust;
    }

    /// @dev One page of a settlement.
    struct Page {
        uint32 round;
        uint256 from;
        uint256 to;
        uint256 pot;
        uint256 shareSum;
        /// When the new streams start; 0 when more pages follow.
        uint40 start;
    }

    /// @dev What the tokens of a page have in common, and its sums.
    struct Renewal {
        /// Seconds that the old streams ran.
        uint256 elapsed;
        /// Supply of issuance weight 1 times the seconds that they had left, and times the window.
        uint256 left;
        uint256 whole;
        /// B of the new streams.
        uint256 poolRate;
        /// The pool's balances, and what the event tells; one entry per token of the page.
        uint256[] held;
        uint256[] rewards;
        uint256[] rates;
        /// In wei, and scaled.
        uint256 rewarded;
        uint256 remainders;
    }

    /// @dev Most clients of a Scenario, see ParamsLib.
    uint256 private constant MAX_TOKENS = 1_000;

    // --- streams
    Clock internal _clock;
    Past internal _past;
    /// @dev By client index; an array because its slots need no hash.
    Stream[MAX_TOKENS] internal _streams;
    Promised internal _promised;

    // --- moves
    /// @dev Accumulator of `index` for a move of `amount`, after booking what it means for the pool.
    function _book(uint256 index, address operator, address from, address to, uint256 amount) internal returns (uint256 acc) {
        uint256 elapsed = _elapsed(index);
        uint256 rate;
        (acc, rate) = _accumulator(index, elapsed);
        address pool_ = _pool();
        if (to == pool_) {
            require(operator == pool_ || operator == address(this), ErrorsLib.InvalidRecipient(to));
            _bookPool(index, elapsed, int256(rate * amount));
        } else if (from == pool_) {
            _bookPool(index, elapsed, -int256(rate * amount));
        }
    }

    /// @dev `change` of B: rate times the amount that moved, at most 2^154 / 60.
    function _bookPool(uint256 index, uint256 elapsed, int256 change) private {
        uint256 turn = _clock.turn;
        // While settling, a token that waits for its turn is counted when it comes: its balance is read then.
        if (change == 0 || (turn != 0 && index + 1 >= turn)) return;
        uint256 poolRate = _clock.poolRate;
        if (turn == 0 && elapsed == _clock.window) {
            // The stream is over. A takes all of it, once, and moves change nothing any more.
            if (poolRate == 0) return;
            _addToPast(int256(poolRate * elapsed));
            _clock.poolRate = 0;
        } else {
            if (elapsed != 0) _addToPast(-change * int256(elapsed));
            // B counts every token that the pool holds, so what it gives away is in it.
            _clock.poolRate = uint256(int256(poolRate) + change).toUint152();
        }
    }

    function _addToPast(int256 earned) private {
        _past.earned = (_past.earned + earned).toInt160();
    }

    // --- settlement
    /// @dev Gives tokens `page.from` to `page.to` their new streams. `shares` has one entry per client.
    /// @return rewarded wei for holders. @return carried whole wei that remainders make up.
    function _renewPage(Page memory page, uint32[] calldata shares) internal returns (uint256 rewarded, uint256 carried) {
        Clock memory clock = _stop();
        Renewal memory r = _renewal(clock, page);
        for (uint256 i = page.from; i < page.to; ++i) {
            _renew(page, r, i, shares[i]);
        }
        clock.poolRate = r.poolRate.toUint152();
        clock.turn = uint16(page.to + 1); // at most 1,000 clients
        if (page.start != 0) {
            clock.start = page.start;
            clock.stopped = 0;
            clock.turn = 0;
        }
        _clock = clock;
        emit IScenario.StreamsUpdated(page.round, uint16(page.from), r.rewards, r.rates, page.start);
        return (r.rewarded, _promise(r.rewarded, r.remainders));
    }

    function _renewal(Clock memory clock, Page memory page) private view returns (Renewal memory r) {
        uint256 supply = _arg(CLIENT_SUPPLY);
        r.elapsed = clock.stopped;
        r.left = (clock.window - clock.stopped) * supply;
        r.whole = clock.window * supply;
        r.poolRate = clock.poolRate;
        r.held = _poolBalances(page.from, page.to);
        r.rewards = new uint256[](page.to - page.from);
        r.rates = new uint256[](page.to - page.from);
    }

    function _renew(Page memory page, Renewal memory r, uint256 index, uint256 share) private {
        Stream storage stream = _streams[index];
        uint256 oldRate = stream.rate;
        uint256 reward = StreamMath.rewardDown(page.pot, share, page.shareSum);
        (uint256 rate, uint256 remainder) = StreamMath.renewDown(reward, oldRate, uint256(stream.extra) + 1, r.left, r.whole);
        stream.base = StreamMath.accumulated(stream.base, oldRate, r.elapsed).toUint96();
        stream.rate = rate.toUint96();
        r.rewarded += reward;
        r.remainders += remainder;
        uint256 k = index - page.from;
        (r.rewards[k], r.rates[k]) = (reward, rate);
        if (r.held.length != 0) r.poolRate += rate * r.held[k];
    }

    /// @dev Stops the clock at the first page, and turns the pool's A + B * elapsed into A alone.
    function _stop() private returns (Clock memory clock) {
        clock = _clock;
        if (clock.turn != 0) return clock;
        uint256 elapsed = _elapsed(0);
        if (clock.poolRate != 0) {
            _addToPast(int256(clock.poolRate * elapsed)); // <= 2^154
            clock.poolRate = 0;
        }
        clock.window = uint24(_arg(STREAM_WINDOW)); // at most 30 days
        clock.stopped = uint24(elapsed); // at most the window
        clock.turn = 1;
    }

    /// @dev Books the sums of a page; returns the whole wei that its remainders make.
    function _promise(uint256 rewarded, uint256 remainder) private returns (uint256 carried) {
        uint256 dust = _promised.dust + remainder;
        carried = dust >> StreamMath.SCALE_BITS;
        _promised.total = (_promised.total + rewarded - carried).toUint96();
        _promised.dust = uint64(dust); // the rest of the division above
    }

    function _poolBalances(uint256 from, uint256 to) private view returns (uint256[] memory) {
        address pool_ = _pool();
        if (pool_ == address(0) || !_marketOpen()) return new uint256[](0);
        return IScenarioPool(pool_).clientBalances(from, to);
    }

    // --- readings
    /// @dev Seconds that the stream of `index` has run.
    function _elapsed(uint256 index) internal view returns (uint256) {
        uint256 turn = _clock.turn;
        if (turn != 0) return index + 1 < turn ? 0 : _clock.stopped;
        uint256 start = _clock.start;
        if (start == 0) return 0;
        uint256 past = block.timestamp - start;
        uint256 window = _clock.window;
        return past < window ? past : window;
    }

    /// @dev Accumulator and rate of a stream, with one read.
    function _accumulator(uint256 index, uint256 elapsed) internal view returns (uint256 acc, uint256 rate) {
        Stream storage stream = _streams[index];
        (acc, rate) = (stream.base, stream.rate);
        acc = StreamMath.accumulated(acc, rate, elapsed);
    }

    function _accumulator(uint256 index) internal view returns (uint256 acc) {
        (acc,) = _accumulator(index, _elapsed(index));
    }

    function _owed(uint256 index, address holder) internal view returns (uint256) {
        (uint256 balance, int256 correction) = IClientToken(TokenAddress.derive(address(this), index)).accountOf(holder);
        return StreamMath.entitledDown(_accumulator(index), balance, correction);
    }

    /// @dev Everything the pool's holdings have earned, ever, in whole wei.
    function _poolEarned() internal view returns (uint256) {
        // While settling, A holds all of the past and B belongs to streams that have not started: like token 0, which is settled first.
        return StreamMath.entitledDown(_clock.poolRate, _elapsed(0), _past.earned);
    }

    /// @dev Splits what was promised: earned by now, and still streaming; both scaled.
    function _progress(uint256 clients) internal view returns (uint256 earned, uint256 streaming) {
        uint256 window = _clock.window;
        uint256 unit = _arg(CLIENT_SUPPLY);
        for (uint256 i = 0; i < clients; ++i) {
            uint256 supply = unit * _issuanceOf(i);
            uint256 elapsed = _elapsed(i);
            (uint256 acc, uint256 rate) = _accumulator(i, elapsed);
            earned += acc * supply;
            streaming += rate * (window - elapsed) * supply;
        }
    }

    /// @dev Completes a Ledger from the streams' side.
    function _ledger(Ledger memory ledger_, uint256 clients) internal view returns (Ledger memory) {
        (uint256 earned, uint256 streaming) = _progress(clients);
        uint256 promised = _promised.total;
        ledger_.pots = ledger_.deposited - ledger_.returned - promised;
        ledger_.streaming = streaming >> StreamMath.SCALE_BITS;
        ledger_.unclaimed = (earned >> StreamMath.SCALE_BITS) - ledger_.claimed;
        ledger_.carriedDust = promised - ledger_.claimed - ledger_.unclaimed - ledger_.streaming;
        return ledger_;
    }

    /// @dev How many times the supply of issuance weight 1 a client's token has.
    function _issuanceOf(uint256 index) internal view returns (uint256) {
        return uint256(_streams[index].extra) + 1;
    }

    function _lockHolder() internal view override returns (address) {
        return _pool();
    }

    function _pauseEnd() internal view override returns (uint64) {
        return _past.pausedUntil;
    }

    function _marketOpen() internal view virtual returns (bool);
}
