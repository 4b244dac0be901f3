import { Aws } from "aws-cdk-lib";

/** Where users sign in. */
export const cognitoEndpoint = `https://cognito-idp.${Aws.REGION}.${Aws.URL_SUFFIX}`;
