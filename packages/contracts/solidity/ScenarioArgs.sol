// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CloneArgs} from "./CloneArgs.sol";

/// @notice What a Scenario is created with: immutable arguments of the clone, `abi.encode` of the tuple below. Offsets in words.
/// (orchestrator, federator, pool, manifestDigest, ScenarioParams)
abstract contract ScenarioArgs is CloneArgs {
    uint256 private constant WORD = 32;
    uint256 private constant ORCHESTRATOR = 0;
    uint256 private constant FEDERATOR = 1;
    uint256 private constant POOL = 2;
    uint256 private constant MANIFEST_DIGEST = 3;
    /// @dev Fields of ScenarioParams follow in order.
    uint256 private constant PARAMS = 4;
    uint256 private constant LENGTH = 27;

    uint256 internal constant BPS = 10_000;

    uint256 internal constant CURRENCY = PARAMS;
    uint256 internal constant FEDERATOR_PEER_KEY = PARAMS + 1;
    uint256 internal constant MIN_CLIENTS = PARAMS + 2;
    uint256 internal constant MAX_CLIENTS = PARAMS + 3;
    uint256 internal constant OPEN_REGISTRATION = PARAMS + 4;
    uint256 internal constant REGISTRATION_DEADLINE = PARAMS + 5;
    uint256 internal constant ROUNDS = PARAMS + 6;
    uint256 internal constant ROUND_TIMEOUT = PARAMS + 7;
    uint256 internal constant CHALLENGE_WINDOW = PARAMS + 8;
    uint256 internal constant STREAM_WINDOW = PARAMS + 9;
    uint256 internal constant CLIENT_SUPPLY = PARAMS + 10;
    uint256 internal constant POOL_BPS = PARAMS + 12;
    uint256 internal constant FEDERATOR_BPS = PARAMS + 13;
    uint256 internal constant SEED_CURRENCY = PARAMS + 14;
    uint256 internal constant CURRENCY_WEIGHT = PARAMS + 15;
    uint256 internal constant MAX_ISSUANCE = PARAMS + 17;
    uint256 internal constant FIRST_POT = PARAMS + 18;
    uint256 internal constant POT_RATIO = PARAMS + 19;
    uint256 internal constant BOND = PARAMS + 20;
    uint256 internal constant RESOLVER = PARAMS + 21;
    uint256 internal constant GUARDIAN = PARAMS + 22;

    function _arg(uint256 field) internal view returns (uint256) {
        return _word(field * WORD);
    }

    function _address(uint256 field) internal view returns (address) {
        return address(uint160(_arg(field)));
    }

    function _orchestrator() internal view returns (address) {
        return _address(ORCHESTRATOR);
    }

    function _federator() internal view returns (address) {
        return _address(FEDERATOR);
    }

    function _pool() internal view returns (address) {
        return _address(POOL);
    }

    function _manifestDigest() internal view returns (bytes32) {
        return bytes32(_arg(MANIFEST_DIGEST));
    }

    /// @dev The part of a client's tokens that `field` says in basis points, for issuance weight 1. Others have multiples of it to the
    /// wei, so that all tokens open at one price.
    function _partDown(uint256 clientSupply, uint256 field) internal view returns (uint256) {
        return clientSupply * _arg(field) / BPS;
    }

    /// @dev Ends the call with ScenarioParams as its answer.
    function _returnParams() internal view {
        bytes memory encoded = _args(PARAMS * WORD, LENGTH * WORD);
        // The struct is static: its words are its encoding. Decoding and encoding it again would be a tenth of the contract.
        assembly ("memory-safe") {
            return(add(encoded, 0x20), mload(encoded))
        }
    }
}
