// SPDX-License-Identifier: Apache-2.0
/**
 * The target {@code s3}: a bucket of Amazon S3 or of a store that speaks its language.
 *
 * <p>The SDK that Camel's component brings is called by itself, because the component's producer sends no checksum, tag,
 * lock or legal hold, does not say what the store answered, and asks for the bucket when the program starts, so that a
 * bucket that is down would stop everything.
 *
 * <p>A put looks first whether the name is taken: a repeat then sends no bytes, and a store that ignores conditions is
 * not made to overwrite. Then it puts on the condition that no object lies there, which decides races; 412 means that the
 * name is taken after all. The bytes are proved by the SHA-256 that the store answers with, else by reading them back. All
 * repetition is the caller's: the SDK's own is switched off.
 *
 * <p>Facts about the protocol are from the Amazon S3 API Reference and User Guide, read 2026-11.
 */
package io.callvault.store.s3;
