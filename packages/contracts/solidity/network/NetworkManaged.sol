// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IAuthority} from "@openzeppelin/contracts/access/manager/IAuthority.sol";

/// @notice A contract of the network: who may call its `restricted` functions stands in the AccessManager.
/// What has a delay there is executed through the manager, which is then the caller; the contract itself calls nobody but to ask.
abstract contract NetworkManaged is AccessManaged {
    constructor(address authority_) AccessManaged(authority_) {}

    /// @inheritdoc AccessManaged
    function _checkCanCall(address caller, bytes calldata data) internal view override {
        require(IAuthority(authority()).canCall(caller, address(this), bytes4(data[0:4])), AccessManagedUnauthorized(caller));
    }
}
