// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ClientToken} from "../../ClientToken.sol";
import {Client, IScenario, Phase, ScenarioParams} from "../../interfaces/IScenario.sol";
import {ErrorsLib} from "../../libraries/ErrorsLib.sol";
import {Federation} from "../base/Federation.sol";

contract ScenarioRegisterTest is Federation {
    bytes32 private constant PEER = keccak256("peer");

    function setUp() external {
        createFederation(1);
    }

    function _refused(bytes memory reason, string memory name, bytes32 peer, bytes memory binding) private {
        vm.prank(investor);
        vm.expectRevert(reason);
        scenario.register(name, peer, binding);
    }

    function test_register_givesTheClientItsToken() external {
        address who = account("hospital");
        address predicted = 0x0000000000000000000000000000000000000000;
        vm.prank(who);
        (uint16 index, address token) = scenario.register("hospital-a", PEER, BINDING);
        assertTrue(token != predicted, "token");
        assertEq(index, 1, "index");
        assertEq(scenario.clientCount(), 2, "count");
        Client memory c = scenario.clientAt(1);
        assertEq(c.controller, who, "controller");
        assertEq(c.token, token, "token");
        assertEq(c.peerKey, PEER, "peer key");
        assertEq(c.name, "hospital-a", "name");
        ClientToken t = ClientToken(token);
        assertEq(t.name(), "hospital-a", "token name");
        assertEq(t.symbol(), "HOSPITAL-A", "symbol");
        assertEq(t.index(), 1, "token index");
        assertEq(t.scenario(), address(scenario), "token scenario");
        assertEq(t.totalSupply(), 1_000_000e18, "supply");
        assertEq(t.balanceOf(who), 700_000e18, "client part");
        assertEq(t.balanceOf(address(scenario)), 200_000e18, "pool part");
        assertEq(t.balanceOf(federator), 100_000e18, "federator part");
    }

    function test_register_emitsTheBinding() external {
        address expected = address(uint160(uint256(keccak256(abi.encodePacked(hex"d694", address(scenario), hex"02")))));
        vm.expectEmit(address(scenario));
        emit IScenario.Registered(1, investor, expected, PEER, "b", BINDING);
        vm.prank(investor);
        scenario.register("b", PEER, BINDING);
    }

    function test_fuzz_register_partsSumToTheSupply(uint256 supply, uint256 poolBps, uint256 federatorBps) external {
        ScenarioParams memory p = defaultParams();
        p.clientSupply = uint128(bound(supply, 1e18, type(uint96).max));
        p.poolBps = uint16(bound(poolBps, 1, 9_000));
        p.federatorBps = uint16(bound(federatorBps, 0, 1_000));
        p.clientBps = 10_000 - p.poolBps - p.federatorBps;
        create(p);
        vm.prank(investor);
        (, address token) = scenario.register("x", PEER, BINDING);
        ClientToken t = ClientToken(token);
        uint256 sum = t.balanceOf(investor) + t.balanceOf(address(scenario)) + t.balanceOf(federator);
        assertEq(sum, p.clientSupply, "parts");
        assertEq(t.totalSupply(), p.clientSupply, "total supply");
    }

    function test_register_whenControllerIsFederatorAddsUp() external {
        vm.prank(federator);
        (, address token) = scenario.register("own", PEER, BINDING);
        assertEq(ClientToken(token).balanceOf(federator), 800_000e18, "both parts");
    }

    function test_register_revertsWhenTheNameIsInvalid() external {
        string[6] memory names = ["", "A", "with space", "under_score", "\xc3\xa9", "a23456789-123456789-123456789-123456789-x"];
        for (uint256 i = 0; i < names.length; ++i) {
            _refused(abi.encodeWithSelector(ErrorsLib.NameInvalid.selector, names[i]), names[i], PEER, BINDING);
        }
    }

    function test_register_takesTheWholeAlphabet() external {
        vm.prank(investor);
        scenario.register("abcdefghijklmnopqrstuvwxyz-0123456789-40", PEER, BINDING);
        assertEq(scenario.clientAt(1).name, "abcdefghijklmnopqrstuvwxyz-0123456789-40", "name");
    }

    /// @dev Every ASCII character alone: exactly those of the rule pass.
    function test_register_checksEveryCharacter() external {
        uint256 state = vm.snapshotState();
        for (uint256 c = 0; c < 128; ++c) {
            bool allowed = c == 0x2d || (c >= 0x30 && c <= 0x39) || (c >= 0x61 && c <= 0x7a);
            string memory name = string(abi.encodePacked(uint8(c)));
            vm.prank(investor);
            (bool ok,) = address(scenario).call(abi.encodeCall(scenario.register, (name, PEER, BINDING)));
            assertTrue(ok == allowed, name);
            vm.revertToState(state);
        }
    }

    function test_register_revertsWhenTheNameIsTaken() external {
        _refused(abi.encodeWithSelector(ErrorsLib.NameTaken.selector, "silo-0"), "silo-0", PEER, BINDING);
    }

    function test_register_revertsWhenThePeerKeyIsTakenOrZero() external {
        bytes32 taken = keccak256("silo-0");
        _refused(abi.encodeWithSelector(ErrorsLib.PeerKeyTaken.selector, taken), "b", taken, BINDING);
        taken = keccak256("federator peer");
        _refused(abi.encodeWithSelector(ErrorsLib.PeerKeyTaken.selector, taken), "b", taken, BINDING);
        _refused(abi.encodeWithSelector(ErrorsLib.PeerKeyInvalid.selector), "b", 0, BINDING);
    }

    function test_register_revertsWhenTheControllerHasAClient() external {
        vm.prank(clients[0]);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.AlreadyRegistered.selector, clients[0]));
        scenario.register("b", PEER, BINDING);
    }

    function test_register_revertsWhenTheBindingIsNot64Bytes() external {
        _refused(abi.encodeWithSelector(ErrorsLib.BindingLength.selector, 63), "b", PEER, new bytes(63));
    }

    function test_register_revertsWhenFull() external {
        ScenarioParams memory p = defaultParams();
        p.maxClients = 2;
        create(p);
        delete tokens;
        register(1);
        register(2);
        _refused(abi.encodeWithSelector(ErrorsLib.RegistrationFull.selector, 2), "b", PEER, BINDING);
    }

    function test_register_revertsAfterTheDeadline() external {
        vm.warp(START + 1 days);
        register(1);
        vm.warp(START + 1 days + 1);
        _refused(abi.encodeWithSelector(ErrorsLib.RegistrationOver.selector, START + 1 days), "b", PEER, BINDING);
    }

    function test_register_revertsWhileNoRoundIsOpen() external {
        register(1);
        closeRegistration();
        _allow(investor);
        assertRound(1, defaultShares());
        _refused(abi.encodeWithSelector(ErrorsLib.WrongPhase.selector, Phase.Asserted), "b", PEER, BINDING);
    }

    function test_register_byInvitationOnly() external {
        ScenarioParams memory p = defaultParams();
        p.openRegistration = false;
        create(p);
        assertTrue(!scenario.isAllowed(investor), "not allowed yet");
        _refused(abi.encodeWithSelector(ErrorsLib.NotAllowed.selector, investor), "b", PEER, BINDING);
        address[] memory who = new address[](1);
        who[0] = investor;
        vm.expectEmit(address(scenario));
        emit IScenario.Allowed(investor, true);
        vm.prank(federator);
        scenario.setAllowed(who, true);
        assertTrue(scenario.isAllowed(investor), "allowed");
        vm.prank(federator);
        scenario.setAllowed(who, false);
        _refused(abi.encodeWithSelector(ErrorsLib.NotAllowed.selector, investor), "b", PEER, BINDING);
        vm.prank(federator);
        scenario.setAllowed(who, true);
        vm.prank(investor);
        scenario.register("b", PEER, BINDING);
    }

    function _allow(address who) private {
        address[] memory accounts = new address[](1);
        accounts[0] = who;
        vm.prank(federator);
        scenario.setAllowed(accounts, true);
    }

    /// While a round is open, open registration is over: the federator lets each one in.
    function test_register_lateByInvitationOnly() external {
        register(1);
        assertTrue(scenario.isAllowed(investor), "allowed while registering");
        closeRegistration();
        assertTrue(!scenario.isAllowed(investor), "and not later");
        _refused(abi.encodeWithSelector(ErrorsLib.NotAllowed.selector, investor), "b", PEER, BINDING);
        _allow(investor);
        vm.warp(START + 9 days);
        vm.prank(investor);
        (uint16 index,) = scenario.register("b", PEER, BINDING);
        assertEq(index, 2, "index");
        assertEq(scenario.clientCount(), 3, "clients");
        assertEq(scenario.activeClients(), 2, "takes part from the next round on");
        vm.prank(federator);
        scenario.voidRound(1);
        assertEq(scenario.activeClients(), 3, "takes part");
    }

    function test_register_lateRevertsWhenFull() external {
        ScenarioParams memory p = defaultParams();
        p.maxClients = 2;
        create(p);
        register(1);
        register(2);
        closeRegistration();
        _allow(investor);
        _refused(abi.encodeWithSelector(ErrorsLib.RegistrationFull.selector, 2), "b", PEER, BINDING);
    }

    function test_setAllowed_revertsWhenNotFederator() external {
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.NotFederator.selector, address(this)));
        scenario.setAllowed(new address[](0), true);
    }

    function test_setEndpoint_isTheFederators() external {
        vm.prank(federator);
        scenario.setEndpoint("/dns4/example.org/tcp/1");
        assertEq(scenario.endpoint(), "/dns4/example.org/tcp/1", "endpoint");
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.NotFederator.selector, address(this)));
        scenario.setEndpoint("x");
        vm.prank(federator);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.EndpointTooLong.selector, 1_025, 1_024));
        scenario.setEndpoint(string(new bytes(1_025)));
    }

    function test_clientAt_revertsWhenUnknown() external {
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.UnknownClient.selector, 1));
        scenario.clientAt(1);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.UnknownClient.selector, 1));
        scenario.owed(1, investor);
    }
}

contract ScenarioCloseRegistrationTest is Federation {
    function test_closeRegistration_opensRoundOne() external {
        createFederation(2);
        vm.warp(START + 100);
        vm.expectEmit(address(scenario));
        emit IScenario.RegistrationClosed(2);
        closeRegistration();
        assertTrue(scenario.phase() == Phase.Open, "phase");
        assertEq(scenario.currentRound(), 1, "round");
        assertEq(scenario.roundStartedAt(), START + 100, "started");
    }

    function test_closeRegistration_byAnyoneAfterTheDeadline() external {
        createFederation(2);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.RegistrationRunning.selector, START + 1 days));
        scenario.closeRegistration();
        vm.warp(START + 1 days + 1);
        scenario.closeRegistration();
        assertTrue(scenario.phase() == Phase.Open, "phase");
    }

    function test_closeRegistration_revertsWithTooFewClients() external {
        createFederation(1);
        vm.prank(federator);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.TooFewClients.selector, 1, 2));
        scenario.closeRegistration();
    }

    function test_closeRegistration_withTooFewClientsAfterTheDeadlineClosesAndReturns() external {
        createFederation(1);
        fundRound(1, 5e18);
        fundRound(7, 6e18);
        uint256 before = currency.balanceOf(federator);
        vm.warp(START + 1 days + 1);
        scenario.closeRegistration();
        assertTrue(scenario.phase() == Phase.Closed, "phase");
        scenario.close();
        assertEq(currency.balanceOf(federator) - before, 11e18, "returned");
    }

    function test_closeRegistration_revertsTwice() external {
        createFederation(2);
        closeRegistration();
        vm.prank(federator);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.WrongPhase.selector, Phase.Open));
        scenario.closeRegistration();
    }
}
