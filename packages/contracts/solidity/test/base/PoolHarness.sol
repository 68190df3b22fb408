// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LibClone} from "solady/utils/LibClone.sol";

import {LocalCurrency} from "../../LocalCurrency.sol";
import {MeanPool} from "../../MeanPool.sol";
import {Opening} from "../../interfaces/IMeanPool.sol";

/// @notice Plays the Scenario of a pool of plain tokens, with any fee (none, so that the fee hides no error), weights and balances.
contract PoolHarness {
    LocalCurrency[] public tokens;
    MeanPool public pool;
    bool public isLocked;
    uint256 public poolOwed;

    /// @dev Creates its tokens first: the pool derives their addresses from this contract's nonce.
    constructor(uint256 clients) {
        for (uint256 i = 0; i < clients; ++i) {
            tokens.push(new LocalCurrency("T", "T", address(this)));
        }
        tokens.push(new LocalCurrency("C", "C", address(this)));
    }

    function open(address implementation, uint256 fee, uint256 currencyWeight, uint256 seed, uint256 tokenSeed) external {
        uint256 clients = tokens.length - 1;
        LocalCurrency currency = tokens[clients];
        pool = MeanPool(LibClone.clone(implementation, abi.encodePacked(address(this), currency, uint64(fee))));
        Opening memory o;
        (o.opener, o.currencyAmount, o.currencyWeight) = (msg.sender, seed, currencyWeight);
        (o.tokens, o.controllers) = (new address[](clients), new address[](clients));
        (o.tokenAmounts, o.issuance) = (new uint256[](clients), new uint256[](clients));
        for (uint256 i = 0; i < clients; ++i) {
            (o.tokens[i], o.controllers[i]) = (address(tokens[i]), msg.sender);
            (o.tokenAmounts[i], o.issuance[i]) = (tokenSeed, 1);
            tokens[i].mint(address(pool), tokenSeed);
        }
        currency.mint(address(pool), seed);
        pool.open(o);
    }

    function mint(uint256 i, address to, uint256 amount) external {
        tokens[i].mint(to, amount);
    }

    function hold() external {
        require(!isLocked);
        isLocked = true;
    }

    function giveBack() external {
        isLocked = false;
    }

    function drawPool() external pure returns (uint256) {
        return 0;
    }
}
