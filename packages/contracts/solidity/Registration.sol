// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LibClone} from "solady/utils/LibClone.sol";
import {LibString} from "solady/utils/LibString.sol";

import {ScenarioState} from "./ScenarioState.sol";
import {IClientToken} from "./interfaces/IClientToken.sol";
import {Client, IScenario, Phase, ScenarioParams} from "./interfaces/IScenario.sol";
import {ErrorsLib} from "./libraries/ErrorsLib.sol";
import {TokenAddress} from "./libraries/TokenAddress.sol";

/// @notice The part of a Scenario in which clients join and get their tokens.
abstract contract Registration is ScenarioState {
    uint256 internal constant MAX_NAME_BYTES = 40;
    uint256 internal constant MAX_ENDPOINT_BYTES = 1_024;
    uint256 internal constant BINDING_BYTES = 64;
    uint256 internal constant BPS = 10_000;
    /// @dev Bit n stands for the ASCII character n: "-", 0 to 9, a to z.
    uint128 internal constant NAME_CHARACTERS = uint128((1 << 45) | (((1 << 10) - 1) << 48) | (((1 << 26) - 1) << 97));

    address internal immutable TOKEN_IMPLEMENTATION;

    // --- registry (the record of a client is its token's code)
    mapping(address account => bool) private _allowed;
    mapping(address controller => bool) private _isController;
    mapping(bytes32 peerKey => bool) private _peerKeyTaken;
    mapping(bytes32 nameHash => bool) private _nameTaken;
    string private _endpoint;

    constructor(address tokenImplementation) {
        TOKEN_IMPLEMENTATION = tokenImplementation;
    }

    /// @inheritdoc IScenario
    function setAllowed(address[] calldata accounts, bool allowed) external onlyFederator {
        for (uint256 i = 0; i < accounts.length; ++i) {
            _allowed[accounts[i]] = allowed;
            emit Allowed(accounts[i], allowed);
        }
    }

    /// @inheritdoc IScenario
    function setEndpoint(string calldata endpoint_) external {
        // The Orchestrator sets it at creation, on behalf of the federator.
        require(msg.sender == _federator() || msg.sender == _orchestrator(), ErrorsLib.NotFederator(msg.sender));
        uint256 size = bytes(endpoint_).length;
        require(size <= MAX_ENDPOINT_BYTES, ErrorsLib.EndpointTooLong(size, MAX_ENDPOINT_BYTES));
        _endpoint = endpoint_;
        emit EndpointSet(endpoint_);
    }

    /// @inheritdoc IScenario
    function register(string calldata name, bytes32 peerKey, bytes calldata binding)
        external
        locked
        inPhase(Phase.Registering)
        returns (uint16 index, address token)
    {
        ScenarioParams memory p = _params();
        index = _machine.clients;
        require(block.timestamp <= p.registrationDeadline, ErrorsLib.RegistrationOver(p.registrationDeadline));
        require(index < p.maxClients, ErrorsLib.RegistrationFull(p.maxClients));
        require(p.openRegistration || _allowed[msg.sender], ErrorsLib.NotAllowed(msg.sender));
        require(binding.length == BINDING_BYTES, ErrorsLib.BindingLength(binding.length));
        _takeIdentity(name, peerKey, p.federatorPeerKey);
        _machine.clients = index + 1;
        token = _createToken(index, name, peerKey, p);
        emit Registered(index, msg.sender, token, peerKey, name, binding);
    }

    /// @inheritdoc IScenario
    function closeRegistration() external inPhase(Phase.Registering) {
        uint16 clients = _machine.clients;
        uint16 minClients = uint16(_arg(MIN_CLIENTS));
        uint64 deadline = uint64(_arg(REGISTRATION_DEADLINE));
        bool enough = clients >= minClients;
        if (block.timestamp <= deadline) {
            require(msg.sender == _federator(), ErrorsLib.RegistrationRunning(deadline));
            require(enough, ErrorsLib.TooFewClients(clients, minClients));
        }
        _machine.phase = enough ? Phase.Open : Phase.Closed;
        if (enough) {
            _machine.round = 1;
            _machine.startedAt = uint40(block.timestamp);
        }
        emit RegistrationClosed(clients);
    }

    function _takeIdentity(string calldata name, bytes32 peerKey, bytes32 federatorPeerKey) private {
        uint256 size = bytes(name).length;
        require(size != 0 && size <= MAX_NAME_BYTES && LibString.is7BitASCII(name, NAME_CHARACTERS), ErrorsLib.NameInvalid(name));
        bytes32 nameHash = keccak256(bytes(name));
        require(!_nameTaken[nameHash], ErrorsLib.NameTaken(name));
        require(!_isController[msg.sender], ErrorsLib.AlreadyRegistered(msg.sender));
        require(peerKey != 0, ErrorsLib.PeerKeyInvalid());
        require(peerKey != federatorPeerKey && !_peerKeyTaken[peerKey], ErrorsLib.PeerKeyTaken(peerKey));
        _nameTaken[nameHash] = true;
        _isController[msg.sender] = true;
        _peerKeyTaken[peerKey] = true;
    }

    function _createToken(uint16 index, string calldata name, bytes32 peerKey, ScenarioParams memory p)
        private
        returns (address token)
    {
        bytes memory args = abi.encodePacked(address(this), msg.sender, peerKey, index, uint96(p.clientSupply), name);
        token = LibClone.clone(TOKEN_IMPLEMENTATION, args);
        uint256 poolPart = p.clientSupply * uint256(p.poolBps) / BPS;
        uint256 federatorPart = p.clientSupply * uint256(p.federatorBps) / BPS;
        // The client gets what the divisions leave, so that the parts sum to the supply. The pool's part waits here.
        IClientToken(token)
            .initialize(
                [msg.sender, address(this), _federator()], [p.clientSupply - poolPart - federatorPart, poolPart, federatorPart]
            );
    }

    // --- views
    /// @inheritdoc IScenario
    function isAllowed(address account) external view returns (bool) {
        return _arg(OPEN_REGISTRATION) != 0 || _allowed[account];
    }

    /// @inheritdoc IScenario
    function clientCount() external view returns (uint16) {
        return _machine.clients;
    }

    /// @inheritdoc IScenario
    function clientAt(uint16 index) external view returns (Client memory) {
        IClientToken token = IClientToken(_tokenAt(index));
        return Client(token.controller(), address(token), token.peerKey(), token.name());
    }

    /// @inheritdoc IScenario
    function endpoint() external view returns (string memory) {
        return _endpoint;
    }

    function _tokenAt(uint16 index) internal view returns (address) {
        require(index < _machine.clients, ErrorsLib.UnknownClient(index));
        return TokenAddress.derive(address(this), index);
    }
}
