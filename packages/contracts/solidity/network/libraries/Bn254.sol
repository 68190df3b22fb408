// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice BLS signatures on G1 of BN254, as drand evmnet has them (RFC 9380 with Keccak-256 and the map of Shallue and van de Woestijne),
/// through the precompiles that every EVM has. Weaker than BLS12-381: about 100 bits.
library Bn254 {
    uint256 internal constant KEY_BYTES = 128;

    bytes private constant DST_PRIME = "BLS_SIG_BN254G1_XMD:KECCAK-256_SVDW_RO_NUL_\x2b";
    /// @dev The generator of G2, negated.
    uint256 private constant NEGATED_G2_XI = 0x198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2;
    uint256 private constant NEGATED_G2_X = 0x1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed;
    uint256 private constant NEGATED_G2_YI = 0x275dc4a288d1afb3cbb1ac09187524c7db36395df7be3b99e673b13a075a65ec;
    uint256 private constant NEGATED_G2_Y = 0x1d9befcd05a5323e6da4d435f3b617cdb3af83285c2df711ef39c01571827f9d;

    /// @dev The field's order.
    uint256 private constant P = 0x30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47;
    uint256 private constant B = 3;
    /// @dev (P + 1) / 4: the power that gives a square's root.
    uint256 private constant ROOT = 0xc19139cb84c680a6e14116da060561765e05aa45a1c72a34f082305b61f3f52;
    uint256 private constant INVERSE = P - 2;
    /// @dev The map's constants for Z = 1: g(Z), -Z/2, sqrt(-3 Z^2 g(Z)) with an even root, -4 g(Z) / (3 Z^2).
    uint256 private constant C1 = 4;
    uint256 private constant C2 = 10944121435919637611123202872628637544348155578648911831344518947322613104291;
    uint256 private constant C3 = 8815841940592487685674414971303048083897117035520822607866;
    uint256 private constant C4 = 7296080957279758407415468581752425029565437052432607887563012631548408736189;

    address private constant MODEXP = address(0x05);
    address private constant G1_ADD = address(0x06);
    address private constant PAIRING = address(0x08);

    /// @notice Whether (x, y) is the signature by `key` of a round. The precompile refuses what is not on its curve and numbers beyond
    /// the field; G1 is the whole curve.
    function verify(uint256 x, uint256 y, uint64 round, bytes memory key) internal view returns (bool) {
        if (x | y == 0) return false;
        (uint256 mx, uint256 my) = _hashToG1(keccak256(abi.encodePacked(round)));
        return _pairs(abi.encodePacked(x, y, NEGATED_G2_XI, NEGATED_G2_X, NEGATED_G2_YI, NEGATED_G2_Y, mx, my, key));
    }

    /// @notice Whether `key` can be a group's: in the subgroup of G2, and not infinity.
    function isKey(bytes memory key) internal view returns (bool) {
        if (key.length != KEY_BYTES || keccak256(key) == keccak256(new bytes(KEY_BYTES))) return false;
        return _pairs(bytes.concat(new bytes(64), key));
    }

    /// @notice drand's randomness: the hash of the signature.
    function seedOf(uint256 x, uint256 y) internal pure returns (bytes32) {
        return sha256(abi.encodePacked(x, y));
    }

    function _pairs(bytes memory input) private view returns (bool) {
        (bool ok, bytes memory output) = PAIRING.staticcall(input);
        return ok && output.length == 32 && abi.decode(output, (uint256)) == 1;
    }

    /// @dev hash_to_curve of RFC 9380; the cofactor is one.
    function _hashToG1(bytes32 message) private view returns (uint256 x, uint256 y) {
        (uint256 u0, uint256 u1) = _hashToField(message);
        (uint256 x0, uint256 y0) = _map(u0);
        (uint256 x1, uint256 y1) = _map(u1);
        (bool ok, bytes memory output) = G1_ADD.staticcall(abi.encodePacked(x0, y0, x1, y1));
        assert(ok); // two points of the curve
        return abi.decode(output, (uint256, uint256));
    }

    function _hashToField(bytes32 message) private pure returns (uint256 u0, uint256 u1) {
        bytes32 zero = keccak256(abi.encodePacked(new bytes(136), message, hex"006000", DST_PRIME));
        bytes32 first = keccak256(abi.encodePacked(zero, hex"01", DST_PRIME));
        bytes32 second = keccak256(abi.encodePacked(zero ^ first, hex"02", DST_PRIME));
        bytes32 third = keccak256(abi.encodePacked(zero ^ second, hex"03", DST_PRIME));
        // 48 bytes each.
        u0 = addmod(mulmod(uint256(first), 1 << 128, P), uint256(second) >> 128, P);
        u1 = addmod(mulmod(uint128(uint256(second)), 1 << 128, P), 0, P);
        u1 = addmod(mulmod(u1, 1 << 128, P), uint256(third), P);
    }

    /// @dev map_to_curve_svdw of RFC 9380, 6.6.1. A candidate that has no root is found out by squaring the root that it would have.
    function _map(uint256 u) private view returns (uint256 x, uint256 y) {
        uint256 tv1 = mulmod(mulmod(u, u, P), C1, P);
        uint256 tv2 = addmod(1, tv1, P);
        tv1 = addmod(1, P - tv1, P);
        uint256 tv3 = _power(mulmod(tv1, tv2, P), INVERSE); // of 0 it is 0, as the map wants it
        uint256 tv4 = mulmod(mulmod(mulmod(u, tv1, P), tv3, P), C3, P);
        bool found;
        x = addmod(C2, P - tv4, P);
        (found, y) = _root(x);
        if (!found) {
            x = addmod(C2, tv4, P);
            (found, y) = _root(x);
        }
        if (!found) {
            x = mulmod(mulmod(tv2, tv2, P), tv3, P);
            x = addmod(mulmod(mulmod(x, x, P), C4, P), 1, P);
            (found, y) = _root(x);
            assert(found); // one of the three has a root
        }
        if (u & 1 != y & 1) y = P - y;
    }

    /// @dev The point's other coordinate, or its negative, when x is on the curve.
    function _root(uint256 x) private view returns (bool found, uint256 y) {
        uint256 square = addmod(mulmod(mulmod(x, x, P), x, P), B, P);
        y = _power(square, ROOT);
        found = mulmod(y, y, P) == square;
    }

    function _power(uint256 base, uint256 exponent) private view returns (uint256) {
        (bool ok, bytes memory output) =
            MODEXP.staticcall(abi.encodePacked(uint256(32), uint256(32), uint256(32), base, exponent, P));
        assert(ok);
        return abi.decode(output, (uint256));
    }
}
