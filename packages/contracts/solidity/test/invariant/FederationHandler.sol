// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FixedPointMathLib} from "solady/utils/FixedPointMathLib.sol";

import {Phase, ScenarioParams} from "../../interfaces/IScenario.sol";
import {Federation} from "../base/Federation.sol";
import {StreamModel} from "./StreamModel.sol";

/// @notice Does at random what users do, keeps a model beside it, and checks after each step what only a step can show.
/// No call reverts: amounts are bounded to what must work.
contract FederationHandler is Federation {
    uint256 internal constant CLIENTS = 3;
    /// @dev Relative error of the logarithm of V, 1e-18 units: lnWad is exact to about one of them per token.
    int256 private constant LN_TOLERANCE = 8;

    StreamModel public model;
    address[] public actors;
    /// @dev Actors, then the pool and the Scenario.
    address[] public holders;
    uint32[] internal _shares;
    uint256 public steps;
    /// @notice Currency given to the Scenario, in wei.
    uint256 public gifts;
    /// @dev Plus one; 0 between rounds.
    uint256 internal _potAtFirstPage;
    mapping(uint32 round => uint256) private _funded;

    constructor() {
        deploy();
        ScenarioParams memory p = parameters();
        create(p);
        beforeRegistration();
        for (uint256 i = 0; i < CLIENTS; ++i) {
            register(i);
        }
        actors = [federator, investor, provider, clients[0], clients[1], clients[2], account(nameOf(CLIENTS))];
        for (uint256 a = 0; a < actors.length; ++a) {
            fund(actors[a], 1e7 * WAD);
            holders.push(actors[a]);
        }
        holders.push(address(pool));
        holders.push(address(scenario));
        closeRegistration();
        openMarket();
        for (uint256 i = 0; i < CLIENTS; ++i) {
            approveByAll(i);
        }
        model = new StreamModel(p.clientSupply, p.streamWindow);
        for (uint256 i = 0; i < CLIENTS; ++i) {
            model.setIssuance(i, tokens[i].totalSupply() / p.clientSupply);
        }
    }

    function parameters() internal virtual returns (ScenarioParams memory p) {
        p = defaultParams();
        (p.rounds, p.maxClients) = (type(uint32).max, 3);
    }

    function beforeRegistration() internal virtual {}

    function approveByAll(uint256 i) internal {
        for (uint256 a = 0; a < actors.length; ++a) {
            approveToken(actors[a], i);
        }
    }

    function paused() internal view returns (bool) {
        return block.timestamp < scenario.pausedUntil();
    }

    /// @dev Brings the model up to date, runs the step, and checks that it did not take from LPs.
    modifier step() {
        steps++;
        _integrate();
        (int256 before, uint256 supply) = (lnV(), pool.totalSupply());
        _;
        // V per share: compare V' * supply with V * supply', as logarithms.
        int256 after_ = lnV() - FixedPointMathLib.lnWad(int256(pool.totalSupply()));
        int256 expected = before - FixedPointMathLib.lnWad(int256(supply));
        assertTrue(after_ + LN_TOLERANCE >= expected, "V per LP share fell");
    }

    // --- what users do
    function transfer(uint256 who, uint256 to, uint256 token, uint256 amount) external step {
        (address from, uint256 i) = (_actor(who), token % tokens.length);
        amount = bound(amount, 0, tokens[i].balanceOf(from));
        vm.prank(from);
        tokens[i].transfer(_actor(to), amount);
    }

    function swapExactIn(uint256 who, uint256 a, uint256 b, uint256 amount) external step {
        (address from, address tokenIn, address tokenOut) = (_actor(who), _token(a), _token(b));
        if (tokenIn == tokenOut || paused()) return;
        uint256 max = _min(_balance(tokenIn, from), _reserve(tokenIn) / 20);
        // Enough for the least trade on the other side, whatever the price.
        uint256 min = _max(1e7, _reserve(tokenIn) / 1e10);
        if (max < min) return;
        swapIn(from, tokenIn, tokenOut, bound(amount, min, max));
    }

    function swapExactOut(uint256 who, uint256 a, uint256 b, uint256 amount) external step {
        (address from, address tokenIn, address tokenOut) = (_actor(who), _token(a), _token(b));
        if (tokenIn == tokenOut || paused()) return;
        uint256 wanted = bound(amount, _max(1e7, _reserve(tokenOut) / 1e10), _reserve(tokenOut) / 20);
        if (pool.quoteExactOut(tokenIn, tokenOut, wanted) > _balance(tokenIn, from)) return;
        swapOut(from, tokenIn, tokenOut, wanted);
    }

    function join(uint256 who, uint256 shares) external step {
        address from = _actor(who);
        uint256 supply = pool.totalSupply();
        uint256 max = supply;
        address[] memory list = pool.tokens();
        for (uint256 k = 0; k < list.length; ++k) {
            max = _min(max, _balance(list[k], from) * supply / (_reserve(list[k]) + 1));
        }
        if (max < 2 || paused()) return;
        uint256[] memory maxIn = _limits(type(uint256).max);
        vm.prank(from);
        pool.joinProportional(bound(shares, 1, max - 1), maxIn, from, block.timestamp);
    }

    function exit(uint256 who, uint256 shares) external step {
        address from = _actor(who);
        // Half at most, so that the pool stays above its floors.
        uint256 max = _min(pool.balanceOf(from), pool.totalSupply() / 2);
        if (max == 0 || pool.totalSupply() < 1e21) return;
        uint256[] memory minOut = _limits(0);
        vm.prank(from);
        pool.exitProportional(bound(shares, 1, max), minOut, from, block.timestamp);
    }

    function transferShares(uint256 who, uint256 to, uint256 amount) external step {
        address from = _actor(who);
        amount = bound(amount, 0, pool.balanceOf(from));
        vm.prank(from);
        pool.transfer(_actor(to), amount);
    }

    function claimToken(uint256 who, uint256 token) external step {
        (address from, uint256 i) = (_actor(who), token % tokens.length);
        assertEq(claim(i, from), model.pay(i, from), "claim pays what the model owes");
    }

    function claimShares(uint256 who) external step {
        pool.claimLp(_actor(who));
    }

    function gift(uint256 amount, bool toPool) external step {
        amount = bound(amount, 0, 1e24);
        if (!toPool) gifts += amount;
        currency.mint(toPool ? address(pool) : address(scenario), amount);
    }

    function pass(uint256 seconds_) external step {
        vm.warp(block.timestamp + bound(seconds_, 0, STREAM));
    }

    // --- rounds
    function fundLater(uint256 amount, uint256 ahead) external step {
        if (paused()) return;
        uint32 round = scenario.currentRound() + uint32(bound(ahead, 1, 3));
        amount = bound(amount, 1, 1e21);
        _funded[round] += amount;
        fundRound(round, amount);
    }

    function assertNext(uint256 pot, uint32 a, uint32 b, uint32 c) external step {
        if (scenario.phase() != Phase.Open || paused()) return;
        pot = bound(pot, 0, 1e21);
        if (pot != 0) fundRound(scenario.currentRound(), pot);
        _shares = [a, b, c];
        if (scenario.activeClients() > CLIENTS) _shares.push(a ^ b);
        assertRound(scenario.currentRound(), _shares);
    }

    /// @dev One page; others act between pages.
    function finalizePage(uint256 page) external step {
        if (scenario.phase() != Phase.Asserted) return;
        if (block.timestamp < scenario.finalizableAt()) vm.warp(scenario.finalizableAt());
        _integrate();
        uint32 round = scenario.currentRound();
        bool void_ = _noShares();
        uint256 pot = _pot(round);
        if (!void_) model.stop();
        if (scenario.finalize(round, _shares, uint16(bound(page, 1, 4))) != 0) return;
        uint256 carried = void_ ? pot : model.settle(pot, _shares);
        delete _potAtFirstPage;
        assertEq(scenario.potOf(round + 1) - _funded[round + 1], carried, "carry");
    }

    function voidOpen() external step {
        if (scenario.phase() != Phase.Open) return;
        uint32 round = scenario.currentRound();
        vm.prank(federator);
        scenario.voidRound(round);
    }

    // --- sums for the invariants
    function owedToAll() external view returns (uint256 sum) {
        for (uint256 i = 0; i < tokens.length; ++i) {
            for (uint256 a = 0; a < actors.length; ++a) {
                sum += scenario.owed(uint16(i), actors[a]);
            }
            sum += scenario.owed(uint16(i), address(scenario));
        }
    }

    /// @notice Bonds of all parties, in wei: free and staked.
    function bondsOfAll() external view returns (uint256 sum) {
        for (uint256 a = 0; a < actors.length; ++a) {
            sum += scenario.bondCredit(actors[a]);
        }
        sum += scenario.assertion().bond + scenario.assertion().disputeBond;
    }

    function lpOwedToAll() external view returns (uint256 sum) {
        for (uint256 a = 0; a < actors.length; ++a) {
            sum += pool.lpOwed(actors[a]);
        }
    }

    /// @notice Ln of V, as far as one can know it: sum of weight * ln(balance).
    function lnV() public view returns (int256 sum) {
        uint256[] memory balances = pool.balances();
        uint256[] memory weights = pool.weights();
        for (uint256 k = 0; k < balances.length; ++k) {
            sum += int256(weights[k]) * FixedPointMathLib.lnWad(int256(balances[k])) / 1e18;
        }
    }

    function sync() external {
        _integrate();
    }

    function parts() external view returns (address, address, address) {
        return (address(scenario), address(pool), address(currency));
    }

    function clientCount() external view returns (uint256) {
        return tokens.length;
    }

    function tokenAt(uint256 i) external view returns (address) {
        return address(tokens[i]);
    }

    function holderCount() external view returns (uint256) {
        return holders.length;
    }

    // --- helpers
    /// @dev The pot that the round had before its first page.
    function _pot(uint32 round) private returns (uint256) {
        if (_potAtFirstPage == 0) _potAtFirstPage = scenario.potOf(round) + 1;
        return _potAtFirstPage - 1;
    }

    function _integrate() internal {
        uint256[] memory balances = new uint256[](tokens.length * holders.length);
        for (uint256 i = 0; i < tokens.length; ++i) {
            for (uint256 h = 0; h < holders.length; ++h) {
                balances[i * holders.length + h] = tokens[i].balanceOf(holders[h]);
            }
        }
        model.integrate(tokens.length, holders, balances);
    }

    function _noShares() private view returns (bool) {
        for (uint256 i = 0; i < _shares.length; ++i) {
            if (_shares[i] != 0) return false;
        }
        return true;
    }

    function _limits(uint256 value) private view returns (uint256[] memory list) {
        list = new uint256[](pool.tokens().length);
        for (uint256 k = 0; k < list.length; ++k) {
            list[k] = value;
        }
    }

    function _actor(uint256 seed) internal view returns (address) {
        return actors[seed % actors.length];
    }

    function _token(uint256 seed) private view returns (address) {
        address[] memory list = pool.tokens();
        return list[seed % list.length];
    }

    function _balance(address token, address who) private view returns (uint256) {
        return currency.balanceOf(who) * (token == address(currency) ? 1 : 0) + _clientBalance(token, who);
    }

    function _clientBalance(address token, address who) private view returns (uint256) {
        for (uint256 i = 0; i < tokens.length; ++i) {
            if (token == address(tokens[i])) return tokens[i].balanceOf(who);
        }
        return 0;
    }

    function _reserve(address token) private view returns (uint256) {
        address[] memory list = pool.tokens();
        for (uint256 k = 0; k < list.length; ++k) {
            if (list[k] == token) return pool.balances()[k];
        }
        return 0;
    }

    function _min(uint256 a, uint256 b) private pure returns (uint256) {
        return a < b ? a : b;
    }

    function _max(uint256 a, uint256 b) private pure returns (uint256) {
        return a > b ? a : b;
    }
}
