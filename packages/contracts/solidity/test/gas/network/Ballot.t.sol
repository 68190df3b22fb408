// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {TestBase} from "../../base/TestBase.sol";
import {BallotBox} from "../../mocks/network/BallotBox.sol";

/// @notice Gas of a ballot by itself; foundry.toml has this one test compiled with the optimizer, as it measures code of its own.
/// forge-config: default.isolate = true
contract BallotGasTest is TestBase {
    /// A vector of 32 scores, in a contract that does nothing but hold the ballot.
    function test_gas_reveal32() external {
        BallotBox box = new BallotBox();
        uint16[] memory scores = new uint16[](32);
        for (uint256 i = 0; i < 32; ++i) {
            scores[i] = uint16(9_000 + i);
        }
        box.setItems(32);
        for (uint256 k = 0; k < 2; ++k) {
            address who = vm.addr(k + 1);
            box.seat(who, 1e21);
            bytes32 commitment = box.commitmentOf(who, scores, keccak256("salt"));
            vm.prank(who);
            box.commit(k, commitment);
        }
        vm.prank(vm.addr(1));
        box.reveal(0, scores, keccak256("salt"));
        vm.prank(vm.addr(2));
        box.reveal(1, scores, keccak256("salt"));
        uint256 used = vm.lastCallGas().gasTotalUsed;
        vm.snapshotValue("network", "reveal-32", used);
        assertLe(used, 140_000, "reveal-32");
    }
}
