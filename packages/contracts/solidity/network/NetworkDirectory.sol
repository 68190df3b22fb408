// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ErrorsLib} from "../libraries/ErrorsLib.sol";
import {INetworkDirectory, NetworkAddresses} from "./interfaces/INetworkDirectory.sol";

/// @title NetworkDirectory
/// @notice See INetworkDirectory. It has no owner and no power, and never changes: another set of contracts is another network.
contract NetworkDirectory is INetworkDirectory {
    /// @inheritdoc INetworkDirectory
    // solhint-disable-next-line func-name-mixedcase
    uint256 public constant VERSION = 1;

    /// @inheritdoc INetworkDirectory
    uint256 public immutable since;

    NetworkAddresses private _contracts;

    /// @param since_ a block that is over.
    constructor(NetworkAddresses memory contracts_, uint256 since_) {
        require(since_ < block.number, ErrorsLib.InvalidParam("since"));
        since = since_;
        _check(contracts_.access, "access");
        _check(contracts_.token, "token");
        _check(contracts_.emission, "emission");
        _check(contracts_.taskEmission, "taskEmission");
        _check(contracts_.lockedStake, "lockedStake");
        _check(contracts_.stakeManager, "stakeManager");
        _check(contracts_.beacon, "beacon");
        _check(contracts_.registry, "registry");
        _check(contracts_.arenaRules, "arenaRules");
        _check(contracts_.alliance, "alliance");
        _check(contracts_.allianceRules, "allianceRules");
        _check(contracts_.rewards, "rewards");
        _check(contracts_.market, "market");
        _check(contracts_.topModels, "topModels");
        _check(contracts_.delegatorGifts, "delegatorGifts");
        _check(contracts_.dao, "dao");
        _check(contracts_.timelock, "timelock");
        _contracts = contracts_;
    }

    /// @inheritdoc INetworkDirectory
    function contracts() external view returns (NetworkAddresses memory) {
        return _contracts;
    }

    /// @dev Of an account without code every call succeeds and means nothing.
    function _check(address account, string memory field) private view {
        require(account.code.length != 0, ErrorsLib.InvalidParam(field));
    }
}
