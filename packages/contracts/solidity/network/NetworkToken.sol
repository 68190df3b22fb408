// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC20Votes} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Votes.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";

import {INetworkToken} from "./interfaces/INetworkToken.sol";
import {EmissionErrors} from "./libraries/EmissionErrors.sol";
import {EmissionMath} from "./libraries/EmissionMath.sol";

/// @title NetworkToken
/// @notice See INetworkToken.
///
/// ROLES: the minter, for ever the EmissionController that deployed the token. Nobody pauses, upgrades or takes.
///
/// INVARIANTS
/// 1. totalSupply never passes CAP.
/// 2. Votes of the past do not change: a vote counts what its owner held at a moment before it.
contract NetworkToken is ERC20, ERC20Permit, ERC20Votes, INetworkToken {
    /// @inheritdoc INetworkToken
    uint256 public constant CAP = 1_000_000_000e18;

    /// @inheritdoc INetworkToken
    address public immutable minter;

    /// @param initialSupply handed to `holder`: at most what the emission leaves of the cap.
    constructor(address holder, uint256 initialSupply) ERC20("Fednode Network", "FDN") ERC20Permit("Fednode Network") {
        uint256 max = CAP - EmissionMath.SHARE;
        require(initialSupply <= max, EmissionErrors.SupplyAboveCap(initialSupply, max));
        minter = msg.sender;
        _mint(holder, initialSupply);
    }

    /// @inheritdoc INetworkToken
    function mint(address to, uint256 amount) external {
        require(msg.sender == minter, EmissionErrors.NotMinter(msg.sender));
        _mint(to, amount);
    }

    /// @inheritdoc INetworkToken
    function burn(uint256 amount) external {
        _burn(msg.sender, amount);
    }

    /// @notice Unix seconds: votes are counted at moments, not blocks.
    function clock() public view override returns (uint48) {
        return uint48(block.timestamp);
    }

    /// @notice ERC-6372.
    // solhint-disable-next-line func-name-mixedcase
    function CLOCK_MODE() public pure override returns (string memory) {
        return "mode=timestamp";
    }

    /// @inheritdoc ERC20Permit
    function nonces(address owner) public view override(ERC20Permit, Nonces) returns (uint256) {
        return super.nonces(owner);
    }

    /// @dev Whatever is minted, the cap holds.
    function _maxSupply() internal pure override returns (uint256) {
        return CAP;
    }

    function _update(address from, address to, uint256 value) internal override(ERC20, ERC20Votes) {
        super._update(from, to, value);
    }
}
