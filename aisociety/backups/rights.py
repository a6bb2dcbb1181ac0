"""Who may do what with the tables of a database that takes another one's place."""

from contextlib import closing

from psycopg import sql

from aisociety.backups.programs import connected

OBJECTS = {"r": "TABLES", "S": "SEQUENCES"}
"""What rights are given to, by PostgreSQL's letters."""

GIVEN = """
SELECT defaclobjtype, privilege_type, pg_get_userbyid(grantee)
FROM pg_default_acl, aclexplode(defaclacl)
WHERE defaclrole = current_user::regrole AND defaclnamespace = 'public'::regnamespace
  AND grantee NOT IN (0, current_user::regrole) AND defaclobjtype = ANY(%s)
"""


def hand_on_rights(before: str, after: str) -> None:
    """Let whoever is given rights to new tables in one database be given them in another.

    So a backup holds no roles, and can be restored where other ones live.
    """
    with closing(connected(before)) as source:
        given = source.execute(GIVEN, [list(OBJECTS)]).fetchall()
    with closing(connected(after)) as target:
        for letter, privilege, grantee in given:
            target.execute(
                sql.SQL(
                    f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {privilege}"
                    f" ON {OBJECTS[letter]} TO {{}}"
                ).format(sql.Identifier(grantee))
            )
