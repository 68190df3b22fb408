// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ClientToken} from "../../ClientToken.sol";
import {IScenarioPool, Opening} from "../../interfaces/IMeanPool.sol";

/// @notice A pool that trades nothing and remembers what its Scenario told it.
contract PoolMock is IScenarioPool {
    address[] public tokens;
    uint256[] public amounts;
    uint256[] public issuance;
    uint256 public firstIssuance;
    uint256 public currencyWeight;
    address public opener;
    address public delisted;

    function open(Opening calldata o) external returns (uint256) {
        (tokens, amounts, issuance) = (o.tokens, o.tokenAmounts, o.issuance);
        (currencyWeight, opener) = (o.currencyWeight, o.opener);
        return 1;
    }

    function listToken(address token, uint256 amount, uint256 issuance_, uint256 firstIssuance_) external {
        tokens.push(token);
        amounts.push(amount);
        issuance.push(issuance_);
        firstIssuance = firstIssuance_;
    }

    function delistToken(address token) external {
        delisted = token;
    }

    function listedClients() external view returns (uint256) {
        return tokens.length;
    }

    function clientBalances(uint256 from, uint256 to) external view returns (uint256[] memory held) {
        held = new uint256[](to - from);
        for (uint256 i = from; i < to && i < tokens.length; ++i) {
            held[i - from] = ClientToken(tokens[i]).balanceOf(address(this));
        }
    }
}
