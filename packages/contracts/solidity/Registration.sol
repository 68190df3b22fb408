// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LibClone} from "solady/utils/LibClone.sol";
import {LibString} from "solady/utils/LibString.sol";

import {ScenarioState} from "./ScenarioState.sol";
import {IClientToken} from "./interfaces/IClientToken.sol";
import {Client, IScenario, Phase} from "./interfaces/IScenario.sol";
import {ErrorsLib} from "./libraries/ErrorsLib.sol";
import {TokenAddress} from "./libraries/TokenAddress.sol";

/// @notice The part of a Scenario in which clients join and get their tokens.
abstract contract Registration is ScenarioState {
    uint256 internal constant MAX_NAME_BYTES = 40;
    uint256 internal constant MAX_ENDPOINT_BYTES = 1_024;
    uint256 internal constant BINDING_BYTES = 64;
    /// @dev Bit n stands for the ASCII character n: "-", 0 to 9, a to z.
    uint128 internal constant NAME_CHARACTERS = uint128((1 << 45) | (((1 << 10) - 1) << 48) | (((1 << 26) - 1) << 97));

    address internal immutable TOKEN_IMPLEMENTATION;

    /// @dev One slot per account, so that registering reads and writes only one.
    struct Enrolment {
        bool allowed;
        bool registered;
        /// Issuance weight less one.
        uint8 extra;
    }

    // --- registry (the record of a client is its token's code)
    mapping(address account => Enrolment) private _enrolments;
    mapping(bytes32 peerKey => bool) private _peerKeyTaken;
    mapping(bytes32 nameHash => bool) private _nameTaken;
    string private _endpoint;

    constructor(address tokenImplementation) {
        TOKEN_IMPLEMENTATION = tokenImplementation;
    }

    /// @inheritdoc IScenario
    function setAllowed(address[] calldata accounts, bool allowed) external onlyFederator {
        for (uint256 i = 0; i < accounts.length; ++i) {
            _enrolments[accounts[i]].allowed = allowed;
            emit Allowed(accounts[i], allowed);
        }
    }

    /// @inheritdoc IScenario
    function setIssuance(address[] calldata accounts, uint8 weight) external onlyFederator {
        uint256 max = _arg(MAX_ISSUANCE);
        require(weight >= 1 && weight <= max, ErrorsLib.IssuanceOutOfRange(weight, max));
        for (uint256 i = 0; i < accounts.length; ++i) {
            Enrolment storage enrolment = _enrolments[accounts[i]];
            _checkNew(enrolment, accounts[i]);
            enrolment.extra = weight - 1;
            emit IssuanceSet(accounts[i], weight);
        }
    }

    /// @inheritdoc IScenario
    function setEndpoint(string calldata endpoint_) external {
        // The Orchestrator sets it at creation, on behalf of the federator.
        if (msg.sender != _orchestrator()) _checkFederator();
        uint256 size = bytes(endpoint_).length;
        require(size <= MAX_ENDPOINT_BYTES, ErrorsLib.EndpointTooLong(size, MAX_ENDPOINT_BYTES));
        _endpoint = endpoint_;
        emit EndpointSet(endpoint_);
    }

    /// @inheritdoc IScenario
    function register(string calldata name, bytes32 peerKey, bytes calldata binding)
        external
        locked
        unpaused
        returns (uint16 index, address token)
    {
        index = _machine.clients;
        uint16 maxClients = uint16(_arg(MAX_CLIENTS));
        require(index < maxClients, ErrorsLib.RegistrationFull(maxClients));
        require(binding.length == BINDING_BYTES, ErrorsLib.BindingLength(binding.length));
        uint256 extra = _enrol();
        _takeIdentity(name, peerKey);
        _machine.clients = index + 1;
        token = _createToken(index, extra, name, peerKey);
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
            _machine.active = clients;
        }
        emit RegistrationClosed(clients);
    }

    /// @dev Checks that the caller may register now, and that it does so once. Returns its issuance weight less one.
    function _enrol() private returns (uint256) {
        Enrolment storage enrolment = _enrolments[msg.sender];
        // Late clients share pots with those who came first: only the federator lets them in.
        bool open = false;
        if (_machine.phase == Phase.Registering) {
            uint64 deadline = uint64(_arg(REGISTRATION_DEADLINE));
            require(block.timestamp <= deadline, ErrorsLib.RegistrationOver(deadline));
            open = _arg(OPEN_REGISTRATION) != 0;
        } else {
            _checkPhase(Phase.Open);
        }
        require(open || enrolment.allowed, ErrorsLib.NotAllowed(msg.sender));
        _checkNew(enrolment, msg.sender);
        enrolment.registered = true;
        return enrolment.extra;
    }

    function _checkNew(Enrolment storage enrolment, address account) private view {
        require(!enrolment.registered, ErrorsLib.AlreadyRegistered(account));
    }

    function _takeIdentity(string calldata name, bytes32 peerKey) private {
        uint256 size = bytes(name).length;
        require(size != 0 && size <= MAX_NAME_BYTES && LibString.is7BitASCII(name, NAME_CHARACTERS), ErrorsLib.NameInvalid(name));
        bytes32 nameHash = keccak256(bytes(name));
        require(!_nameTaken[nameHash], ErrorsLib.NameTaken(name));
        require(peerKey != 0, ErrorsLib.PeerKeyInvalid());
        bool taken = peerKey == bytes32(_arg(FEDERATOR_PEER_KEY)) || _peerKeyTaken[peerKey];
        require(!taken, ErrorsLib.PeerKeyTaken(peerKey));
        _nameTaken[nameHash] = true;
        _peerKeyTaken[peerKey] = true;
    }

    function _createToken(uint16 index, uint256 extra, string calldata name, bytes32 peerKey) private returns (address token) {
        uint256 weight = extra + 1;
        uint256 unit = _arg(CLIENT_SUPPLY);
        uint256 supply = unit * weight;
        bytes memory args = abi.encodePacked(address(this), index, msg.sender, peerKey, uint96(supply), name);
        token = LibClone.clone(TOKEN_IMPLEMENTATION, args);
        if (extra != 0) _streams[index].extra = uint8(extra);
        uint256 poolPart = _partDown(unit, POOL_BPS) * weight;
        uint256 federatorPart = _partDown(unit, FEDERATOR_BPS) * weight;
        // The client gets what the divisions leave, so that the parts sum to the supply. The pool's part waits here.
        IClientToken(token)
            .initialize([msg.sender, address(this), _federator()], [supply - poolPart - federatorPart, poolPart, federatorPart]);
    }

    // --- views
    /// @inheritdoc IScenario
    function isAllowed(address account) external view returns (bool) {
        bool open = _machine.phase == Phase.Registering && _arg(OPEN_REGISTRATION) != 0;
        return open || _enrolments[account].allowed;
    }

    /// @inheritdoc IScenario
    function clientCount() external view returns (uint16) {
        return _machine.clients;
    }

    /// @inheritdoc IScenario
    function activeClients() external view returns (uint16) {
        return _machine.active;
    }

    /// @inheritdoc IScenario
    function clientAt(uint16 index) external view returns (Client memory) {
        IClientToken token = IClientToken(_tokenAt(index));
        return Client(_controllerOf(index), address(token), token.peerKey(), token.name());
    }

    /// @inheritdoc IScenario
    function endpoint() external view returns (string memory) {
        return _endpoint;
    }

    function _controllerOf(uint256 index) internal view returns (address) {
        return IClientToken(_tokenAt(index)).controller();
    }

    function _tokenAt(uint256 index) internal view returns (address) {
        require(index < _machine.clients, ErrorsLib.UnknownClient(uint16(index)));
        return TokenAddress.derive(address(this), index);
    }
}
