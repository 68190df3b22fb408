// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice The stream ledger, done the slow and obvious way: at every step each account of each token gets rate * seconds * balance.
/// No corrections, no aggregate, no pages: what the contracts must agree with.
contract StreamModel {
    uint256 private immutable SUPPLY;
    uint256 private immutable WINDOW;

    uint256 public start;
    uint256 private _last;
    bool public stopped;
    mapping(uint256 token => uint256) public rate;
    /// @dev Times the supply of issuance weight 1, less one.
    mapping(uint256 token => uint256) private _extra;
    mapping(uint256 token => mapping(address => uint256)) public entitled;
    mapping(uint256 token => mapping(address => uint256)) public paid;
    uint256 private _dust;
    /// @dev Seconds that the stopped streams had left.
    uint256 private _left;

    constructor(uint256 supply, uint256 window) {
        SUPPLY = supply;
        WINDOW = window;
    }

    function setIssuance(uint256 token, uint256 weight) external {
        _extra[token] = weight - 1;
    }

    /// @notice Gives every account what it earned since the last call; to be called before anything changes.
    function integrate(uint256 tokens, address[] calldata accounts, uint256[] calldata balances) external {
        uint256 passed = _progress(block.timestamp) - _progress(_last);
        _last = block.timestamp;
        if (passed == 0 || stopped) return;
        for (uint256 i = 0; i < tokens; ++i) {
            for (uint256 a = 0; a < accounts.length; ++a) {
                entitled[i][accounts[a]] += rate[i] * passed * balances[i * accounts.length + a];
            }
        }
    }

    function _progress(uint256 time) private view returns (uint256) {
        if (start == 0 || time <= start) return 0;
        return time - start < WINDOW ? time - start : WINDOW;
    }

    /// @notice The first page of a settlement stops all streams.
    function stop() external {
        if (stopped) return;
        _left = start == 0 ? 0 : WINDOW - _progress(block.timestamp);
        stopped = true;
    }

    /// @notice Settles a round, once its last page is done. Returns whole wei of remainders for the next pot.
    function settle(uint256 pot, uint32[] calldata shares) external returns (uint256 carried) {
        uint256 sum;
        for (uint256 i = 0; i < shares.length; ++i) {
            sum += shares[i];
        }
        carried = pot;
        for (uint256 i = 0; i < shares.length; ++i) {
            uint256 reward = pot * shares[i] / sum;
            uint256 supply = SUPPLY * (_extra[i] + 1);
            uint256 scaled = reward * 2 ** 64 + rate[i] * _left * supply;
            rate[i] = scaled / (supply * WINDOW);
            _dust += scaled - rate[i] * supply * WINDOW;
            carried -= reward;
        }
        carried += _dust / 2 ** 64;
        _dust %= 2 ** 64;
        (start, _last, stopped) = (block.timestamp, block.timestamp, false);
    }

    function owed(uint256 token, address who) public view returns (uint256) {
        return entitled[token][who] / 2 ** 64 - paid[token][who];
    }

    function pay(uint256 token, address who) external returns (uint256 amount) {
        amount = owed(token, who);
        paid[token][who] += amount;
    }
}
