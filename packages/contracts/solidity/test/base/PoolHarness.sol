// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LibClone} from "solady/utils/LibClone.sol";

import {LocalCurrency} from "../../LocalCurrency.sol";
import {MeanPool} from "../../MeanPool.sol";
import {Opening} from "../../interfaces/IMeanPool.sol";
import {ErrorsLib} from "../../libraries/ErrorsLib.sol";

/// @notice Plays the Scenario of a pool of plain tokens, with any fee (none, so that the fee hides no error), weights and balances.
contract PoolHarness {
    /// @dev Client tokens that can be listed late.
    uint256 private constant SPARES = 4;

    /// @dev Client tokens from the opening, then the currency, then the late ones.
    LocalCurrency[] public tokens;
    MeanPool public pool;
    bool public isLocked;
    uint64 public pausedUntil;
    uint256 public poolOwed;
    uint256[] private issuances;
    mapping(uint256 client => address) private controllers;
    uint256 private immutable CLIENTS;

    /// @dev Creates its tokens first, the currency last: the pool derives their addresses from this contract's nonce.
    constructor(uint256 clients) {
        CLIENTS = clients;
        for (uint256 i = 0; i < clients; ++i) {
            tokens.push(_create("T"));
            issuances.push(1);
        }
        LocalCurrency[SPARES] memory late;
        for (uint256 i = 0; i < SPARES; ++i) {
            late[i] = _create("L");
        }
        tokens.push(_create("C"));
        for (uint256 i = 0; i < SPARES; ++i) {
            tokens.push(late[i]);
        }
    }

    function count() external view returns (uint256) {
        return tokens.length;
    }

    function setIssuance(uint256 client, uint256 issuance) external {
        issuances[client] = issuance;
    }

    /// @dev The opener gets the LP shares of clients without a controller.
    function setController(uint256 client, address controller) external {
        controllers[client] = controller;
    }

    /// @dev Creates the pool, not open yet.
    function prepare(address implementation, uint256 fee) public {
        pool = MeanPool(LibClone.clone(implementation, abi.encodePacked(address(this), tokens[CLIENTS], uint64(fee))));
    }

    function open(address implementation, uint256 fee, uint256 currencyWeight, uint256 seed, uint256 tokenSeed) external {
        prepare(implementation, fee);
        LocalCurrency currency = tokens[CLIENTS];
        Opening memory o;
        (o.opener, o.currencyAmount, o.currencyWeight) = (msg.sender, seed, currencyWeight);
        (o.tokens, o.controllers) = (new address[](CLIENTS), new address[](CLIENTS));
        (o.tokenAmounts, o.issuance) = (new uint256[](CLIENTS), issuances);
        for (uint256 i = 0; i < CLIENTS; ++i) {
            (o.tokens[i], o.controllers[i]) = (address(tokens[i]), controllers[i]);
            if (controllers[i] == address(0)) o.controllers[i] = msg.sender;
            o.tokenAmounts[i] = tokenSeed * issuances[i];
            tokens[i].mint(address(pool), o.tokenAmounts[i]);
        }
        currency.mint(address(pool), seed);
        pool.open(o);
    }

    /// @dev Lists the next late token, `tokens(index + 1)`.
    function list(uint256 amount, uint256 issuance) external {
        LocalCurrency token = tokens[pool.listedClients() + 1];
        token.mint(address(pool), amount);
        pool.listToken(address(token), amount, issuance, issuances[0]);
    }

    function delist(uint256 i) external {
        pool.delistToken(address(tokens[i]));
    }

    function mint(uint256 i, address to, uint256 amount) external {
        tokens[i].mint(to, amount);
    }

    function setPaused(uint64 until) external {
        pausedUntil = until;
    }

    function hold() public {
        require(!isLocked, ErrorsLib.Locked());
        isLocked = true;
    }

    function holdForTrade() external {
        require(pausedUntil <= block.timestamp, ErrorsLib.Paused(pausedUntil));
        hold();
    }

    function giveBack() external {
        isLocked = false;
    }

    function drawPool() external pure returns (uint256) {
        return 0;
    }

    function _create(string memory symbol) private returns (LocalCurrency) {
        return new LocalCurrency(symbol, symbol, address(this));
    }
}
