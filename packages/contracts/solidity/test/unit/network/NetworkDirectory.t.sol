// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ErrorsLib} from "../../../libraries/ErrorsLib.sol";
import {NetworkDirectory} from "../../../network/NetworkDirectory.sol";
import {NetworkTest} from "../../base/network/NetworkTest.sol";

contract NetworkDirectoryTest is NetworkTest {
    /// @dev As NetworkAddresses has them.
    string[17] private names = [
        "access",
        "token",
        "emission",
        "taskEmission",
        "lockedStake",
        "stakeManager",
        "beacon",
        "registry",
        "arenaRules",
        "alliance",
        "allianceRules",
        "rewards",
        "market",
        "topModels",
        "delegatorGifts",
        "dao",
        "timelock"
    ];
    address[17] private parts;
    uint256 private since;

    function setUp() external {
        deployNetworkBase();
        for (uint256 i = 0; i < parts.length; ++i) {
            parts[i] = deployBuilt("LocalCurrency", abi.encode("Local Currency", "LOC", address(this)));
        }
        since = block.number - 1;
    }

    function test_contracts_areThoseItWasCreatedWith() external {
        NetworkDirectory directory = NetworkDirectory(deployBuilt("NetworkDirectory", abi.encode(parts, since)));
        assertEq(keccak256(abi.encode(directory.contracts())), keccak256(abi.encode(parts)), "contracts");
        assertEq(directory.since(), since, "since");
        assertEq(directory.VERSION(), 1, "version");
    }

    function test_constructor_refusesEachPartThatIsNoContract() external {
        for (uint256 i = 0; i < parts.length; ++i) {
            address[17] memory wrong = parts;
            wrong[i] = account("nobody");
            bytes memory reason = abi.encodeWithSelector(ErrorsLib.InvalidParam.selector, names[i]);
            assertRefused("NetworkDirectory", abi.encode(wrong, since), reason);
        }
    }

    function test_constructor_refusesABlockThatIsNotOver() external {
        bytes memory reason = abi.encodeWithSelector(ErrorsLib.InvalidParam.selector, "since");
        assertRefused("NetworkDirectory", abi.encode(parts, block.number), reason);
    }
}
