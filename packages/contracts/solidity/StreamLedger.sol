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
/// correction, kept in the ClientToken. For everything the pool holds: two numbers, A (`_poolBase`) and B (`_clock.poolRate`), with
/// entitlement A + B * elapsed, scaled by 2^64.
///
/// A round that is settled in several pages stops the clock at its first page and starts it again at its last; tokens whose turn has
/// come hold their new rate and no elapsed time, the others the old rate and the elapsed time at the stop.
abstract contract StreamLedger is FamilyLock, ScenarioArgs {
    using SafeCastLib for uint256;

    struct Stream {
        /// Accumulator at the start of the running stream.
        uint128 base;
        /// Per second and token wei.
        uint128 rate;
    }

    /// @dev One slot: all that a move has to know beside its token's stream.
    struct Clock {
        /// B: rates times what the pool holds, summed over tokens. <= 2^154 / 60.
        uint152 poolRate;
        uint40 start;
        uint24 window;
        /// Elapsed time at the stop, while settling.
        uint24 stopped;
        /// Next token to be settled, while settling.
        uint8 cursor;
        bool settling;
    }

    /// @dev What was promised to streams, in wei, less what came back as remainder; and the scaled remainder below one wei.
    struct Promised {
        uint96 total;
        uint96 poolDrawn;
        uint64 dust;
    }

    /// @dev One page of a settlement, and its sums.
    struct Page {
        uint256 from;
        uint256 to;
        uint256 pot;
        uint256 shareSum;
        uint256 rewarded;
        uint256 remainder;
        uint40 start;
    }

    // --- streams
    Clock internal _clock;
    /// @dev A.
    int256 internal _poolBase;
    mapping(uint256 index => Stream) internal _streams;
    Promised internal _promised;

    // --- moves
    /// @dev Accumulator of `index` for a move of `amount`, after booking what it means for the pool.
    function _book(uint256 index, address operator, address from, address to, uint256 amount) internal returns (uint256 acc) {
        Clock memory clock = _clock;
        Stream memory stream = _streams[index];
        uint256 elapsed = _elapsed(clock, index);
        acc = stream.base + stream.rate * elapsed;
        address pool_ = _pool();
        bool intoPool = to == pool_;
        if (intoPool) require(operator == pool_ || operator == address(this), ErrorsLib.InvalidRecipient(to));
        else if (from != pool_) return acc;
        // While settling, a token that waits for its turn is counted when it comes: its balance is read then.
        if (stream.rate == 0 || (clock.settling && index >= clock.cursor)) return acc;
        // <= 2^154 / 60, see StreamMath; times elapsed <= 2^154.
        uint256 change = stream.rate * amount;
        int256 past = int256(change * elapsed);
        _clock.poolRate = (intoPool ? clock.poolRate + change : clock.poolRate - change).toUint152();
        if (past != 0) _poolBase += intoPool ? -past : past;
    }

    // --- settlement
    /// @dev Gives tokens `page.from` to `page.to` their new streams. `shares` has one entry per client.
    function _renewPage(Page memory page, uint32 round, uint32[] calldata shares) internal {
        Clock memory clock = _stop();
        uint256[] memory held = _poolBalances(page.from, page.to);
        uint256 supply = _arg(CLIENT_SUPPLY);
        uint256 poolRate = clock.poolRate;
        for (uint256 i = page.from; i < page.to; ++i) {
            uint256 reward = page.pot * shares[i] / page.shareSum;
            uint256 rate = _renew(page, clock, i, reward, supply);
            if (held.length != 0) poolRate += rate * held[i - page.from];
            page.rewarded += reward;
            emit IScenario.StreamUpdated(round, uint16(i), reward, rate, page.start);
        }
        clock.poolRate = poolRate.toUint152();
        clock.cursor = uint8(page.to); // at most 100 clients
        if (page.start != 0) {
            clock.start = page.start;
            clock.stopped = 0;
            clock.cursor = 0;
            clock.settling = false;
        }
        _clock = clock;
    }

    function _renew(Page memory page, Clock memory clock, uint256 index, uint256 reward, uint256 supply)
        private
        returns (uint256 rate)
    {
        Stream storage stream = _streams[index];
        uint256 oldRate = stream.rate;
        uint256 remainder;
        (rate, remainder) = StreamMath.renewDown(reward, oldRate, clock.window - clock.stopped, supply, clock.window);
        page.remainder += remainder;
        // Both below 2^96, see StreamMath.
        (stream.base, stream.rate) = ((stream.base + oldRate * clock.stopped).toUint128(), rate.toUint128());
    }

    /// @dev Stops the clock at the first page, and turns the pool's A + B * elapsed into A alone.
    function _stop() private returns (Clock memory clock) {
        clock = _clock;
        if (clock.settling) return clock;
        uint256 elapsed = _elapsed(clock, 0);
        if (clock.poolRate != 0) {
            _poolBase += int256(clock.poolRate * elapsed); // <= 2^154
            clock.poolRate = 0;
        }
        clock.window = uint24(_arg(STREAM_WINDOW)); // at most 30 days
        clock.stopped = uint24(elapsed); // at most the window
        clock.settling = true;
    }

    /// @dev Books the sums of a page; returns the whole wei that its remainders make.
    function _promise(uint256 rewarded, uint256 remainder) internal returns (uint256 carried) {
        Promised memory p = _promised;
        uint256 dust = p.dust + remainder;
        carried = dust >> StreamMath.SCALE_BITS;
        p.total = (p.total + rewarded - carried).toUint96();
        p.dust = uint64(dust); // the rest of the division above
        _promised = p;
    }

    function _poolBalances(uint256 from, uint256 to) private view returns (uint256[] memory) {
        address pool_ = _pool();
        if (pool_ == address(0) || !_marketOpen()) return new uint256[](0);
        return IScenarioPool(pool_).clientBalances(from, to);
    }

    // --- readings
    function _elapsed(Clock memory clock, uint256 index) internal view returns (uint256) {
        if (clock.settling) return index < clock.cursor ? 0 : clock.stopped;
        if (clock.start == 0) return 0;
        uint256 past = block.timestamp - clock.start;
        return past < clock.window ? past : clock.window;
    }

    function _accumulator(Clock memory clock, uint256 index) internal view returns (uint256) {
        Stream memory stream = _streams[index];
        return stream.base + stream.rate * _elapsed(clock, index);
    }

    function _owed(uint256 index, address holder) internal view returns (uint256) {
        (uint256 balance, int256 correction) = IClientToken(TokenAddress.derive(address(this), index)).accountOf(holder);
        return StreamMath.entitledDown(_accumulator(_clock, index), balance, correction);
    }

    /// @dev Everything the pool's holdings have earned, ever, in whole wei.
    function _poolEarned() internal view returns (uint256) {
        Clock memory clock = _clock;
        // While settling, A holds all of the past and B belongs to streams that have not started.
        uint256 elapsed = clock.settling ? 0 : _elapsed(clock, 0);
        return StreamMath.entitledDown(clock.poolRate, elapsed, _poolBase);
    }

    /// @dev Splits what was promised: earned by now, and still streaming; both scaled.
    function _progress(uint256 clients) internal view returns (uint256 earned, uint256 streaming) {
        Clock memory clock = _clock;
        uint256 supply = _arg(CLIENT_SUPPLY);
        for (uint256 i = 0; i < clients; ++i) {
            uint256 elapsed = _elapsed(clock, i);
            earned += (_streams[i].base + _streams[i].rate * elapsed) * supply;
            streaming += _streams[i].rate * (clock.window - elapsed) * supply;
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

    function _lockHolder() internal view override returns (address) {
        return _pool();
    }

    function _marketOpen() internal view virtual returns (bool);
}
