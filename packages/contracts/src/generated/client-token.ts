// Written by scripts/build.ts from the Solidity sources; do not edit.

export const clientTokenAbi = [
  {"type":"function","name":"earned","inputs":[{"name":"holder","type":"address","internalType":"address"}],"outputs":[{"name":"","type":"uint256","internalType":"uint256"}],"stateMutability":"view"},
  {"type":"function","name":"index","inputs":[],"outputs":[{"name":"","type":"uint16","internalType":"uint16"}],"stateMutability":"view"},
  {"type":"function","name":"scenario","inputs":[],"outputs":[{"name":"","type":"address","internalType":"address"}],"stateMutability":"view"},
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
