// SPDX-License-Identifier: Apache-2.0
/**
 * RingCentral: accounts of its REST API, with their call logs and message stores, and the JWT-bearer login. What is said here of
 * the service is from its public API reference and guide, read 2026-11. Sends GET and the token request, nothing else.
 */
package io.callvault.provider.ringcentral;
