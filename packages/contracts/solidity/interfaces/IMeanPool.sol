// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice What a Scenario tells its pool when it opens.
struct Opening {
    /// Brings the currency; gets the currency's part of the LP shares.
    address opener;
    uint256 currencyAmount;
    /// Of the currency; the clients share the rest by their issuance weights. 1e18 = 100 %.
    uint256 currencyWeight;
    /// Clients in index order: their tokens, how many wei of them, their issuance weights, and who gets each token's LP shares.
    address[] tokens;
    uint256[] tokenAmounts;
    uint256[] issuance;
    address[] controllers;
}

/// @notice What the Scenario needs of its pool.
interface IScenarioPool {
    /// @notice Scenario only, once, after it sent everything.
    function open(Opening calldata opening) external returns (uint256 lpShares);
    /// @notice Scenario only, after it sent `amount`: adds the token of the next client index. `issuance` and `firstIssuance` are those
    /// of the new client and of client 0. Mints no LP shares.
    function listToken(address token, uint256 amount, uint256 issuance, uint256 firstIssuance) external;
    /// @notice Scenario only: the pool sells no more of this token.
    function delistToken(address token) external;
    /// @notice Client tokens that the pool was given so far, in index order.
    function listedClients() external view returns (uint256);
    /// @notice Client-token balances of indexes `from` to `to` (exclusive).
    function clientBalances(uint256 from, uint256 to) external view returns (uint256[] memory);
}

/// @title MeanPool
/// @notice Constant mean market maker of one Scenario: the currency (index 0) and every client token (client index + 1).
/// It is the ERC-20 of its own LP shares. Its client-token dividends are paid to LPs, never added to the reserves.
interface IMeanPool {
    event Opened(uint256 lpShares, uint256[] balances, uint256[] weights);
    event Swapped(
        address indexed trader, address indexed tokenIn, address indexed tokenOut, uint256 amountIn, uint256 amountOut, address to
    );
    event Joined(address indexed provider, uint256 lpShares, uint256[] amounts, address to);
    event Exited(address indexed provider, uint256 lpShares, uint256[] amounts, address to);
    event JoinedSingle(address indexed provider, address indexed token, uint256 amount, uint256 lpShares, address to);
    event ExitedSingle(address indexed provider, address indexed token, uint256 amount, uint256 lpShares, address to);
    /// `weights` of all tokens from now on, the currency first.
    event Listed(address indexed token, uint256 amount, uint256[] weights);
    event Delisted(address indexed token);
    event LpClaimed(address indexed holder, uint256 amount);

    function swapExactIn(address tokenIn, address tokenOut, uint256 amountIn, uint256 minOut, address to, uint256 deadline)
        external
        returns (uint256 amountOut);
    function swapExactOut(address tokenIn, address tokenOut, uint256 amountOut, uint256 maxIn, address to, uint256 deadline)
        external
        returns (uint256 amountIn);
    function joinProportional(uint256 lpOut, uint256[] calldata maxIn, address to, uint256 deadline)
        external
        returns (uint256[] memory amounts);
    function exitProportional(uint256 lpIn, uint256[] calldata minOut, address to, uint256 deadline)
        external
        returns (uint256[] memory amounts);
    /// @notice LP shares for one token; the part that the other tokens lack pays the swap fee.
    function joinSingle(address tokenIn, uint256 amountIn, uint256 minLp, address to, uint256 deadline)
        external
        returns (uint256 lpShares);
    /// @notice One token for LP shares; the part that is taken for the other tokens pays the swap fee.
    function exitSingle(address tokenOut, uint256 lpIn, uint256 minOut, address to, uint256 deadline)
        external
        returns (uint256 amountOut);
    /// @notice Pays the dividends that `holder`'s LP shares have earned. Anyone may call.
    function claimLp(address holder) external returns (uint256 paid);

    // --- views; every price-like one reverts while the Scenario's family is locked
    function lpOwed(address holder) external view returns (uint256);
    /// @notice Currency in wei that was drawn from the Scenario for LPs and not paid to them.
    function dividendsHeld() external view returns (uint256);
    function quoteExactIn(address tokenIn, address tokenOut, uint256 amountIn) external view returns (uint256 amountOut);
    function quoteExactOut(address tokenIn, address tokenOut, uint256 amountOut) external view returns (uint256 amountIn);
    function quoteJoinSingle(address tokenIn, uint256 amountIn) external view returns (uint256 lpShares);
    function quoteExitSingle(address tokenOut, uint256 lpIn) external view returns (uint256 amountOut);
    function isDelisted(address token) external view returns (bool);
    /// @notice Currency wei per whole token (1e18 wei of it), without fee.
    function spotPrice(address token) external view returns (uint256);
    function scenario() external view returns (address);
    function swapFee() external view returns (uint256);
    function isOpen() external view returns (bool);
    /// @notice Currency first, then client tokens in index order.
    function tokens() external view returns (address[] memory);
    function balances() external view returns (uint256[] memory);
    function weights() external view returns (uint256[] memory);
}
