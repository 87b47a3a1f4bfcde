// SPDX-License-Identifier: Apache-2.0
/**
 * 2600Hz Kazoo: recordings, call detail records, voicemails and faxes of an account, and of accounts below it, over Crossbar's
 * REST API. What is said here of the service is from the source of its versions 4.3, 5.0 and 5-dev, read 2026-11. Sends GET and
 * the token request, nothing else.
 */
package io.callvault.provider.kazoo;
