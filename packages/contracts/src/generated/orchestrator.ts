// Written by scripts/build.ts from the Solidity sources; do not edit.

export const orchestratorAbi = [
  {"type":"function","name":"createScenario","inputs":[{"name":"params","type":"tuple","internalType":"struct ScenarioParams","components":[{"name":"currency","type":"address","internalType":"address"},{"name":"federatorPeerKey","type":"bytes32","internalType":"bytes32"},{"name":"minClients","type":"uint16","internalType":"uint16"},{"name":"maxClients","type":"uint16","internalType":"uint16"},{"name":"openRegistration","type":"bool","internalType":"bool"},{"name":"registrationDeadline","type":"uint64","internalType":"uint64"},{"name":"rounds","type":"uint32","internalType":"uint32"},{"name":"roundTimeout","type":"uint32","internalType":"uint32"},{"name":"challengeWindow","type":"uint32","internalType":"uint32"},{"name":"streamWindow","type":"uint32","internalType":"uint32"},{"name":"clientSupply","type":"uint128","internalType":"uint128"},{"name":"clientBps","type":"uint16","internalType":"uint16"},{"name":"poolBps","type":"uint16","internalType":"uint16"},{"name":"federatorBps","type":"uint16","internalType":"uint16"},{"name":"seedCurrency","type":"uint128","internalType":"uint128"},{"name":"currencyWeight","type":"uint64","internalType":"uint64"},{"name":"swapFee","type":"uint64","internalType":"uint64"}]},{"name":"manifest","type":"bytes","internalType":"bytes"},{"name":"endpoint","type":"string","internalType":"string"}],"outputs":[{"name":"id","type":"uint256","internalType":"uint256"},{"name":"scenario","type":"address","internalType":"address"},{"name":"pool","type":"address","internalType":"address"}],"stateMutability":"nonpayable"},
  {"type":"function","name":"implementations","inputs":[],"outputs":[{"name":"scenario","type":"address","internalType":"address"},{"name":"token","type":"address","internalType":"address"},{"name":"pool","type":"address","internalType":"address"},{"name":"version","type":"uint32","internalType":"uint32"}],"stateMutability":"view"},
  {"type":"function","name":"isScenario","inputs":[{"name":"scenario","type":"address","internalType":"address"}],"outputs":[{"name":"","type":"bool","internalType":"bool"}],"stateMutability":"view"},
  {"type":"function","name":"minChallengeWindow","inputs":[],"outputs":[{"name":"","type":"uint32","internalType":"uint32"}],"stateMutability":"view"},
  {"type":"function","name":"scenarioCount","inputs":[],"outputs":[{"name":"","type":"uint256","internalType":"uint256"}],"stateMutability":"view"},
  {"type":"function","name":"scenarioOf","inputs":[{"name":"id","type":"uint256","internalType":"uint256"}],"outputs":[{"name":"","type":"address","internalType":"address"}],"stateMutability":"view"},
  {"type":"event","name":"ScenarioCreated","inputs":[{"name":"id","type":"uint256","indexed":true,"internalType":"uint256"},{"name":"scenario","type":"address","indexed":true,"internalType":"address"},{"name":"federator","type":"address","indexed":true,"internalType":"address"},{"name":"pool","type":"address","indexed":false,"internalType":"address"},{"name":"digest","type":"bytes32","indexed":false,"internalType":"bytes32"},{"name":"manifest","type":"bytes","indexed":false,"internalType":"bytes"},{"name":"endpoint","type":"string","indexed":false,"internalType":"string"}],"anonymous":false},
  {"type":"error","name":"AllowanceOverflow","inputs":[]},
  {"type":"error","name":"AllowanceUnderflow","inputs":[]},
  {"type":"error","name":"InsufficientAllowance","inputs":[]},
  {"type":"error","name":"InsufficientBalance","inputs":[]},
  {"type":"error","name":"InvalidPermit","inputs":[]},
  {"type":"error","name":"NotOwner","inputs":[{"name":"caller","type":"address","internalType":"address"}]},
  {"type":"error","name":"Permit2AllowanceIsFixedAtInfinity","inputs":[]},
  {"type":"error","name":"PermitExpired","inputs":[]},
  {"type":"error","name":"TotalSupplyOverflow","inputs":[]},
] as const

export const orchestratorBytecode: `0x${string}` =
  '0x'
