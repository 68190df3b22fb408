// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice BLS signatures on G1 of BLS12-381, as drand quicknet has them (RFC 9380, SHA-256), through the precompiles of EIP-2537.
/// Points are not compressed: a coordinate is 64 bytes, 16 of them zero.
library Bls12381 {
    uint256 internal constant KEY_BYTES = 256;

    bytes private constant DST_PRIME = "BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_\x2b";
    /// @dev The generator of G2, negated: the pairing of the signature with it undoes that of the message with the key.
    bytes private constant NEGATED_G2 = hex"00000000000000000000000000000000024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d177"
        hex"0bac0326a805bbefd48056c8c121bdb80000000000000000000000000000000013e02b6052719f607dacd3a088274f65"
        hex"596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e00000000000000000000000000000000"
        hex"0d1b3cc2c7027888be51d9ef691d77bcb679afda66c73f17f9ee3837a55024f78c71363275a75d75d86bab79f74782aa"
        hex"0000000000000000000000000000000013fa4d4a0ad8b1ce186ed5061789213d993923066dddaf1040bc3ff59f825c78"
        hex"df74f2d75467e25e0f55f8a00fa030ed";
    /// @dev The field's order, in two words, and half of it, rounded down.
    uint256 private constant P_HIGH = 0x1a0111ea397fe69a4b1ba7b6434bacd7;
    uint256 private constant P_LOW = 0x64774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab;
    uint256 private constant HALF_HIGH = 0x0d0088f51cbff34d258dd3db21a5d66b;
    uint256 private constant HALF_LOW = 0xb23ba5c279c2895fb39869507b587b120f55ffff58a9ffffdcff7fffffffd555;
    /// @dev Flags of a compressed point.
    uint256 private constant COMPRESSED = 0x80 << 120;
    uint256 private constant LARGER_ROOT = 0x20 << 120;

    address private constant MODEXP = address(0x05);
    address private constant G1_ADD = address(0x0b);
    address private constant PAIRING = address(0x0f);
    address private constant MAP_TO_G1 = address(0x10);

    /// @notice Whether `point` is the signature by `key` of a round. The precompile refuses what is not on its curve or not in its
    /// subgroup, and numbers beyond the field.
    function verify(uint256[4] calldata point, uint64 round, bytes memory key) internal view returns (bool) {
        if (point[0] | point[1] | point[2] | point[3] == 0) return false;
        bytes memory message = _hashToG1(sha256(abi.encodePacked(round)));
        return _pairs(bytes.concat(abi.encode(point), NEGATED_G2, message, key));
    }

    /// @notice Whether `key` can be a group's: in the subgroup of G2, and not infinity.
    function isKey(bytes memory key) internal view returns (bool) {
        if (key.length != KEY_BYTES || keccak256(key) == keccak256(new bytes(KEY_BYTES))) return false;
        return _pairs(bytes.concat(new bytes(128), key));
    }

    /// @notice drand's randomness: the hash of the signature, compressed.
    function seedOf(uint256[4] calldata point) internal pure returns (bytes32) {
        bool larger = point[2] > HALF_HIGH || (point[2] == HALF_HIGH && point[3] > HALF_LOW);
        uint256 head = point[0] | COMPRESSED | (larger ? LARGER_ROOT : 0);
        return sha256(abi.encodePacked(uint128(head), point[1]));
    }

    function _pairs(bytes memory input) private view returns (bool) {
        (bool ok, bytes memory output) = PAIRING.staticcall(input);
        return ok && output.length == 32 && abi.decode(output, (uint256)) == 1;
    }

    /// @dev hash_to_curve of RFC 9380; the precompile clears the cofactor.
    function _hashToG1(bytes32 message) private view returns (bytes memory point) {
        bytes32 zero = sha256(abi.encodePacked(new bytes(64), message, hex"008000", DST_PRIME));
        bytes32 first = sha256(abi.encodePacked(zero, hex"01", DST_PRIME));
        bytes32 second = sha256(abi.encodePacked(zero ^ first, hex"02", DST_PRIME));
        bytes32 third = sha256(abi.encodePacked(zero ^ second, hex"03", DST_PRIME));
        bytes32 fourth = sha256(abi.encodePacked(zero ^ third, hex"04", DST_PRIME));
        point = _call(G1_ADD, bytes.concat(_map(first, second), _map(third, fourth)));
    }

    function _map(bytes32 high, bytes32 low) private view returns (bytes memory) {
        // To the power of one, modulo the field's order: 64 bytes in, 64 bytes out.
        bytes memory reduced =
            _call(MODEXP, abi.encodePacked(uint256(64), uint256(1), uint256(64), high, low, uint8(1), P_HIGH, P_LOW));
        return _call(MAP_TO_G1, reduced);
    }

    /// @dev None of these calls fails: the arguments are ours.
    function _call(address precompile, bytes memory input) private view returns (bytes memory output) {
        bool ok;
        (ok, output) = precompile.staticcall(input);
        assert(ok && output.length != 0);
    }
}
