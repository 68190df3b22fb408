// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IScenario, Ledger, ScenarioParams} from "../../interfaces/IScenario.sol";
import {ErrorsLib} from "../../libraries/ErrorsLib.sol";
import {Federation} from "../base/Federation.sol";

contract ScenarioSetIssuanceTest is Federation {
    function setUp() external {
        deploy();
        createFederation(1, weightedParams());
    }

    function test_setIssuance_givesThatManyTimesTheTokens() external {
        address who = account(nameOf(1));
        vm.expectEmit(address(scenario));
        emit IScenario.IssuanceSet(who, 4);
        setIssuance(who, 4);
        register(1);
        assertEq(tokens[1].totalSupply(), 4_000_000e18, "supply");
        assertEq(tokens[1].balanceOf(who), 4 * tokens[0].balanceOf(clients[0]), "client part");
        assertEq(tokens[1].balanceOf(address(scenario)), 4 * tokens[0].balanceOf(address(scenario)), "pool part");
        assertEq(tokens[1].balanceOf(federator), 4 * tokens[0].balanceOf(federator), "federator part");
    }

    function test_setIssuance_canBeTakenBackBefore() external {
        address who = account(nameOf(1));
        setIssuance(who, 4);
        setIssuance(who, 1);
        register(1);
        assertEq(tokens[1].totalSupply(), 1_000_000e18, "supply");
    }

    function test_setIssuance_revertsOutsideOneToTheMost() external {
        address[] memory who = new address[](0);
        vm.startPrank(federator);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.IssuanceOutOfRange.selector, 0, 4));
        scenario.setIssuance(who, 0);
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.IssuanceOutOfRange.selector, 5, 4));
        scenario.setIssuance(who, 5);
        vm.stopPrank();
    }

    function test_setIssuance_revertsOnceTheyRegistered() external {
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.AlreadyRegistered.selector, clients[0]));
        setIssuance(clients[0], 2);
    }

    function test_setIssuance_revertsWhenNotFederator() external {
        vm.expectRevert(abi.encodeWithSelector(ErrorsLib.NotFederator.selector, address(this)));
        scenario.setIssuance(new address[](0), 1);
    }

    /// The client gets what the divisions leave, so that the parts sum to the supply; the parts stay in proportion to the wei.
    function test_fuzz_setIssuance_partsAreProportional(uint256 supply, uint256 weight) external {
        ScenarioParams memory p = weightedParams();
        p.clientSupply = uint128(bound(supply, 1e18, type(uint96).max / 4));
        create(p);
        delete tokens;
        weight = bound(weight, 1, 4);
        setIssuance(account(nameOf(1)), uint8(weight));
        register(0);
        register(1);
        assertEq(tokens[1].balanceOf(address(scenario)), weight * tokens[0].balanceOf(address(scenario)), "pool part");
        uint256 sum = tokens[1].balanceOf(account(nameOf(1))) + tokens[1].balanceOf(address(scenario));
        assertEq(sum + tokens[1].balanceOf(federator), weight * p.clientSupply, "sum");
    }
}

contract ScenarioWeightedStreamTest is Federation {
    function setUp() external {
        deploy();
        createFederation(0, weightedParams());
        setIssuance(account(nameOf(1)), 4);
        register(0);
        register(1);
        closeRegistration();
    }

    /// A pot is split by shares; issuance decides only into how many tokens a client's part is cut.
    function test_finalize_paysByShareWhateverTheIssuance() external {
        uint32[] memory equal = new uint32[](2);
        (equal[0], equal[1]) = (1, 1);
        playRound(POT, equal);
        vm.warp(block.timestamp + STREAM / 2);
        assertNear(scenario.owed(0, clients[0]), POT / 4 * 7 / 10, QUANTUM, "weight 1");
        assertNear(scenario.owed(1, clients[1]), POT / 4 * 7 / 10, QUANTUM, "weight 4");
        // Half of the stream is left, and folds into the next one.
        playRound(POT, equal);
        vm.warp(block.timestamp + STREAM);
        assertNear(scenario.owed(0, clients[0]), POT * 7 / 10, QUANTUM, "weight 1");
        assertNear(scenario.owed(1, clients[1]), POT * 7 / 10, QUANTUM, "weight 4");
        Ledger memory l = scenario.ledger();
        assertEq(l.deposited, l.claimed + l.pots + l.streaming + l.unclaimed + l.carriedDust, "conservation");
        assertLe(l.carriedDust, 2, "dust");
    }
}
